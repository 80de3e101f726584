package dev.turnstone.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows that the open transaction has written to the catalog tables, by column. */
final class CatalogContent {

    /**
     * All values by {@code table.column}, sorted, in the text form of {@code to_jsonb}. Empty values are left out:
     * otherwise every new object would change all columns of its table.
     */
    private final Map<String, String> values;

    private CatalogContent(Map<String, String> values) {
        this.values = values;
    }

    /** Returns the columns of {@code pg_catalog}, as {@code table.column}. */
    static Set<String> columns(Connection connection) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                                + " WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'"
                                + " AND a.attnum > 0 AND NOT a.attisdropped")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /**
     * Reads tables.
     *
     * @param tables the names of the tables to read
     */
    static CatalogContent of(Connection connection, Collection<String> tables) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        String sql = tables.stream()
                .map(table -> "SELECT '" + table + ".' || c.key, string_agg(c.value, ' | '"
                        + " ORDER BY c.value) FROM pg_catalog." + table + " t, jsonb_each_text(to_jsonb(t)) c"
                        + " WHERE t.xmin = pg_current_xact_id()::xid"
                        + " AND c.value NOT IN ('', '0', '-', 'false', '{}', 'f') GROUP BY c.key")
                .collect(Collectors.joining(" UNION ALL "));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
        }
        return new CatalogContent(values);
    }

    /** Returns the columns whose values differ. */
    Set<String> changedIn(CatalogContent later) {
        Set<String> columns = new HashSet<>(values.keySet());
        columns.addAll(later.values.keySet());
        columns.removeIf(column -> java.util.Objects.equals(values.get(column), later.values.get(column)));
        return columns;
    }
}
