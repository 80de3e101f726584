package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table at one moment. Immutable.
 *
 * @param table the table
 * @param columns the names of its columns
 * @param key the columns of its primary key; empty if it has none
 * @param rows the values in the order of the columns, as the database formats them: on SQLite as literals, which distinguish
 *     1 from '1'; null for NULL
 */
public record TableImage(ObjectId table, List<String> columns, List<String> key, List<List<@Nullable String>> rows) {

    /** Returns the image of a table without rows. */
    public static TableImage empty(Table table) {
        return new TableImage(table.id(), names(table), key(table), List.of());
    }

    /**
     * Reads a table.
     *
     * @param scope the schema whose tables are unqualified in the model
     */
    public static TableImage of(Connection connection, Dialect dialect, Scope scope, Table table) throws SQLException {
        List<String> columns = names(table);
        if (columns.isEmpty()) {
            return empty(table);
        }
        String schema = table.schema().isEmpty() ? scope.schema() : table.schema();
        String sql = columns.stream()
                        .map(dialect::quote)
                        .map(dialect::exactText)
                        .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                + (dialect.hasTableInheritance() ? "ONLY " : "") + dialect.quote(schema) + "."
                + dialect.quote(table.name());
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return new TableImage(table.id(), columns, key(table), rows);
    }

    private static List<String> names(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private static List<String> key(Table table) {
        return table.primaryKey() == null ? List.of() : table.primaryKey().columns();
    }

    /** Returns the same rows with only the given columns. */
    public TableImage only(List<String> wanted) {
        List<Integer> kept = java.util.stream.IntStream.range(0, columns.size())
                .filter(i -> wanted.contains(columns.get(i)))
                .boxed()
                .toList();
        if (kept.size() == columns.size()) {
            return this;
        }
        List<List<@Nullable String>> narrowed = new ArrayList<>();
        for (List<@Nullable String> row : rows) {
            List<@Nullable String> values = new ArrayList<>();
            kept.forEach(i -> values.add(row.get(i)));
            narrowed.add(values);
        }
        return new TableImage(
                table, kept.stream().map(columns::get).toList(), wanted.containsAll(key) ? key : List.of(), narrowed);
    }

    /** Returns whether the table still has the same columns. */
    public boolean hasColumnsOf(Table other) {
        return columns.equals(names(other)) && key.equals(key(other));
    }
}
