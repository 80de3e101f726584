package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table at one moment, for tables that fit into memory. Immutable.
 *
 * @param table the table's name
 * @param rows each row is a map from column to value in the table's order; {@code null} for NULL, otherwise text:
 *     numbers as printed, bytes as hexadecimal digits after {@code \x}
 */
public record TableContent(String table, List<Map<String, @Nullable String>> rows) {

    public TableContent {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a table.
     *
     * @param dataSource provides a connection to the database
     * @param table the unquoted name of a table that the data source's connections find without a schema
     * @throws DatabaseException if the table cannot be read
     */
    public static TableContent of(DataSource dataSource, String table) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT * FROM " + Dialects.of(connection).quote(table))) {
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return new TableContent(table, rows);
        } catch (SQLException e) {
            throw new DatabaseException("read the rows of table " + table, e);
        }
    }

    /** Returns the current row of a result. */
    static Map<String, @Nullable String> row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), text(result, i));
        }
        return Collections.unmodifiableMap(row);
    }

    private static @Nullable String text(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        return value instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : result.getString(column);
    }
}
