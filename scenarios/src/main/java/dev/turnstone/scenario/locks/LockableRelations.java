package dev.turnstone.scenario.locks;

import dev.turnstone.dialect.Scope;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tables, materialized views and indexes of a PostgreSQL database that were there before a step, and that others
 * therefore use while it runs. Immutable.
 *
 * @param tables tables and materialized views, by {@code oid}
 * @param indexes the names of their indexes, by {@code oid}
 */
record LockableRelations(Map<Long, Relation> tables, Map<Long, Index> indexes) {

    private static final String QUERY = """
            SELECT c.oid::bigint, c.relkind::text, n.nspname, c.relname, i.indrelid::bigint,
                   pg_catalog.pg_partition_root(c.oid)::oid::bigint
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
             WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I')
               AND CASE WHEN ? THEN n.nspname = ?
                        ELSE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' END
             ORDER BY n.nspname, c.relname
            """;

    /**
     * A table or materialized view.
     *
     * @param oid identifies it
     * @param id names it
     * @param schema its schema's name
     * @param root the {@code oid} of the partitioned table that it is part of, at the top; its own where there is none
     * @param partitioned whether it holds rows only through its partitions
     */
    record Relation(long oid, ObjectId id, String schema, long root, boolean partitioned) {

        boolean isMaterializedView() {
            return id.kind() == ObjectKind.MATERIALIZED_VIEW;
        }

        /** Its name for a statement. */
        String quoted() {
            return quote(schema) + "." + quote(id.name());
        }

        private static String quote(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    /**
     * An index.
     *
     * @param table the {@code oid} of what it is on
     */
    record Index(String name, long table) {}

    /** Reads what is in a scope, without the version table. */
    static LockableRelations read(Connection connection, Scope scope) throws SQLException {
        Map<Long, Relation> tables = new LinkedHashMap<>();
        Map<Long, Index> indexes = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setBoolean(1, scope.extent() == Scope.Extent.SCHEMA);
            statement.setString(2, scope.schema());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long oid = rows.getLong(1);
                    String kind = rows.getString(2);
                    String name = rows.getString(4);
                    if (kind.equalsIgnoreCase("i")) {
                        indexes.put(oid, new Index(name, rows.getLong(5)));
                    } else if (!VersionTable.USUAL_TABLES.contains(name)) {
                        String schema = rows.getString(3);
                        long root = rows.getLong(6);
                        ObjectId id = ObjectId.of(
                                kind.equals("m") ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.TABLE,
                                schema.equals(scope.schema()) ? "" : schema,
                                name);
                        tables.put(oid, new Relation(oid, id, schema, rows.wasNull() ? oid : root, kind.equals("p")));
                    }
                }
            }
        }
        indexes.values().removeIf(index -> !tables.containsKey(index.table()));
        return new LockableRelations(tables, indexes);
    }

    /** A table or materialized view that was there. */
    Relation table(long oid) {
        return Objects.requireNonNull(tables.get(oid));
    }

    /** All of them, by {@code oid}. */
    Long[] oids() {
        List<Long> all = new ArrayList<>(tables.keySet());
        all.addAll(indexes.keySet());
        return all.toArray(Long[]::new);
    }
}
