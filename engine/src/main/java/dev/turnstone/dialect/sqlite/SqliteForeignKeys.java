package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.DanglingRowsException;
import dev.turnstone.dialect.SuspendedForeignKeys;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Switches {@code PRAGMA foreign_keys} off and reads it back, because SQLite silently ignores the pragma inside a
 * transaction.
 */
final class SqliteForeignKeys implements SuspendedForeignKeys {

    private final Connection connection;
    private final boolean enforced;
    private Map<String, Long> dangling = Map.of();

    private SqliteForeignKeys(Connection connection, boolean enforced) {
        this.connection = connection;
        this.enforced = enforced;
    }

    static SqliteForeignKeys suspend(Connection connection) throws SQLException {
        SqliteForeignKeys keys = new SqliteForeignKeys(connection, isOn(connection));
        if (keys.enforced) {
            set(connection, false);
        }
        return keys;
    }

    private static boolean isOn(Connection connection) throws SQLException {
        return SqliteCatalog.strings(connection, "PRAGMA foreign_keys").equals(List.of("1"));
    }

    private static void set(Connection connection, boolean on) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys=" + (on ? "ON" : "OFF"));
        }
        if (isOn(connection) != on) {
            throw new SQLException("SQLite did not switch foreign_keys " + (on ? "on" : "off")
                    + ": the connection is in a transaction");
        }
    }

    @Override
    public void begin() throws SQLException {
        dangling = enforced ? danglingRows() : Map.of();
    }

    @Override
    public void check() throws SQLException {
        if (!enforced) {
            return;
        }
        List<String> more = new ArrayList<>();
        danglingRows().forEach((rows, count) -> {
            if (count > dangling.getOrDefault(rows, 0L)) {
                more.add(count + " of " + rows);
            }
        });
        if (!more.isEmpty()) {
            throw new DanglingRowsException(more);
        }
    }

    /**
     * Counts the rows of each table that refer to no row of another table. The rowid is left out, because it can
     * change.
     */
    private Map<String, Long> danglingRows() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA foreign_key_check")) {
            while (found.next()) {
                rows.merge("table " + found.getString(1) + " to table " + found.getString(3), 1L, Long::sum);
            }
        }
        return rows;
    }

    @Override
    public void restore() throws SQLException {
        if (enforced) {
            set(connection, true);
        }
    }
}
