package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows to which foreign keys can refer: existing rows, and rows that will be inserted later. Not thread-safe. */
final class References {

    private static final int MOST = 20;

    private final Connection connection;
    private final Dialect dialect;
    private final String schemaName;
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, List<Map<String, @Nullable Object>>> promised = new HashMap<>();

    References(Connection connection, Dialect dialect, Schema schema, String schemaName) {
        this.connection = connection;
        this.dialect = dialect;
        this.schemaName = schemaName;
        schema.tables().forEach(table -> tables.put(name(table), table));
    }

    static String name(Table table) {
        return table.schema().isEmpty() ? table.name() : table.schema() + "." + table.name();
    }

    /** Returns a table's name for statements. */
    String quoted(Table table) {
        return dialect.quote(table.schema().isEmpty() ? schemaName : table.schema()) + "."
                + dialect.quote(table.name());
    }

    /** Returns the table that a key refers to; empty if it is outside the schema. */
    Optional<Table> target(ForeignKey key) {
        return Optional.ofNullable(tables.get(key.referencedTable()));
    }

    private List<String> referencedColumns(ForeignKey key, Table target) {
        if (!key.referencedColumns().isEmpty()) {
            return key.referencedColumns();
        }
        return target.primaryKey() == null ? List.of() : target.primaryKey().columns();
    }

    /**
     * Returns the possible values of the key's columns, from the existing rows.
     *
     * @return each possibility as values by the names of the referring columns
     */
    List<Map<String, @Nullable Object>> possibilities(ForeignKey key) throws SQLException {
        Table target = tables.get(key.referencedTable());
        if (target == null) {
            return List.of();
        }
        List<String> columns = referencedColumns(key, target);
        if (columns.size() != key.columns().size()) {
            return List.of();
        }
        String sql = "SELECT DISTINCT "
                + columns.stream()
                        .map(c -> dialect.insertableValue(dialect.quote(c)))
                        .collect(Collectors.joining(", "))
                + " FROM " + quoted(target) + " WHERE "
                + columns.stream().map(c -> dialect.quote(c) + " IS NOT NULL").collect(Collectors.joining(" AND "))
                + " ORDER BY "
                + columns.stream()
                        .map(c -> String.valueOf(columns.indexOf(c) + 1))
                        .collect(Collectors.joining(", "))
                + " LIMIT " + MOST;
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    values.put(key.columns().get(i), rows.getObject(i + 1));
                }
                found.add(values);
            }
        }
        return found;
    }

    /** Records that a row with these values must be inserted into the table that a key refers to. */
    Map<String, @Nullable Object> promise(ForeignKey key, Table target, TypeSamples types, int number) {
        List<String> columns = referencedColumns(key, target);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = target.column(columns.get(i))
                    .map(column -> types.of(column).common().apply(number))
                    .orElse(null);
            row.put(columns.get(i), value);
            values.put(key.columns().get(i), value);
        }
        promised.computeIfAbsent(name(target), table -> new ArrayList<>()).add(row);
        return values;
    }

    /** Removes and returns the recorded rows of a table, which the caller must insert. */
    List<Map<String, @Nullable Object>> takePromised(Table table) {
        List<Map<String, @Nullable Object>> rows = promised.remove(name(table));
        return rows == null ? List.of() : rows;
    }

    boolean hasPromises() {
        return !promised.isEmpty();
    }

    void forgetPromises() {
        promised.clear();
    }
}
