package dev.turnstone.dialect.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of a SQLite database as SQLite reports it, read with two queries, or four if there are virtual tables.
 *
 * @param entries all objects except SQLite's own and the shadow tables of virtual tables
 * @param columns by table, for ordinary tables and for virtual tables whose module is available
 */
record SqliteCatalog(List<Entry> entries, Map<String, List<ColumnRow>> columns) {

    /**
     * An object with its definition.
     *
     * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
     * @param table the table or view of an index or a trigger
     */
    record Entry(String type, String name, String table, String sql) {

        boolean isTable() {
            return type.equals("table");
        }

        boolean isVirtual() {
            return isTable() && sql.regionMatches(true, 0, "create virtual ", 0, "create virtual ".length());
        }
    }

    /**
     * A column as reported by the pragma.
     *
     * @param hidden whether {@code SELECT *} leaves it out
     */
    record ColumnRow(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultSql,
            boolean hidden) {}

    private static final int HIDDEN = 1;

    /** Reads the catalog of one schema, {@code main} or an attached one. */
    static SqliteCatalog read(Connection connection, String schema) throws SQLException {
        List<Entry> entries = entries(connection, schema);
        Set<String> withoutModule = new HashSet<>();
        if (entries.stream().anyMatch(Entry::isVirtual)) {
            Set<String> shadows = folded(strings(
                    connection, "SELECT name FROM pragma_table_list WHERE type = 'shadow' AND schema = ?", schema));
            entries.removeIf(entry -> shadows.contains(Identifier.folded(entry.table())));
            Set<String> modules = folded(strings(connection, "SELECT name FROM pragma_module_list"));
            entries.stream()
                    .filter(Entry::isVirtual)
                    .filter(entry ->
                            !modules.contains(VirtualTableText.parse(entry).module()))
                    .forEach(entry -> withoutModule.add(entry.name()));
        }
        return new SqliteCatalog(entries, columns(connection, schema, withoutModule));
    }

    /** Reads all objects that have a definition, including the shadow tables of virtual tables. */
    private static List<Entry> entries(Connection connection, String schema) throws SQLException {
        return new ArrayList<>(new CatalogText().entries(connection, schema));
    }

    private static Set<String> folded(List<String> names) {
        return names.stream().map(Identifier::folded).collect(Collectors.toSet());
    }

    /** Returns the first column of a query's rows. */
    static List<String> strings(Connection connection, String query, String... parameters) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
        }
        return strings;
    }

    /** Reads the columns of one ordinary table. */
    static List<ColumnRow> columnsOf(Connection connection, String schema, String table) throws SQLException {
        // The pragma is a statement of its own: pragma_table_xinfo prepares one internally and takes twice as long.
        String query = "PRAGMA " + Identifier.quoted(schema) + ".table_xinfo(" + Identifier.quoted(table) + ")";
        List<ColumnRow> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                columns.add(new ColumnRow(
                        rows.getString("name"),
                        rows.getString("type"),
                        rows.getInt("notnull") != 0,
                        rows.getString("dflt_value"),
                        rows.getInt("hidden") == HIDDEN));
            }
        }
        return columns;
    }

    private static Map<String, List<ColumnRow>> columns(Connection connection, String schema, Set<String> without)
            throws SQLException {
        String query = "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.hidden FROM "
                + Identifier.quoted(schema) + ".sqlite_master m, pragma_table_xinfo(m.name, ?) c"
                + " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " AND m.name NOT IN ("
                + String.join(", ", without.stream().map(n -> "?").toList()) + ")"
                + " ORDER BY m.name, c.cid";
        Map<String, List<ColumnRow>> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema);
            int parameter = 2;
            for (String name : without) {
                statement.setString(parameter++, name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                            .add(new ColumnRow(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getInt(4) != 0,
                                    rows.getString(5),
                                    rows.getInt(6) == HIDDEN));
                }
            }
        }
        return columns;
    }
}
