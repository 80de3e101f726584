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
 * The tables, materialized views and indexes of a PostgreSQL database that existed before a step, and that other
 * sessions can therefore use while it runs. Immutable.
 *
 * @param tables the tables and materialized views, by {@code oid}
 * @param indexes the indexes on them, by {@code oid}
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
     * @param oid the {@code oid} in the catalog
     * @param id the id in a schema that was read
     * @param schema the name of its database schema
     * @param root the {@code oid} of its topmost partitioned table; its own {@code oid} if it is no partition
     * @param partitioned whether it is a partitioned table, which has rows only in its partitions
     */
    record Relation(long oid, ObjectId id, String schema, long root, boolean partitioned) {

        boolean isMaterializedView() {
            return id.kind() == ObjectKind.MATERIALIZED_VIEW;
        }

        /** Returns the quoted name with the database schema, for a statement. */
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
     * @param name the name without the database schema
     * @param table the {@code oid} of its table or materialized view
     */
    record Index(String name, long table) {}

    /** Reads the relations of a scope, without the version table. */
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

    /** Returns the table or materialized view with an {@code oid}, which must be a key of {@code tables}. */
    Relation table(long oid) {
        return Objects.requireNonNull(tables.get(oid));
    }

    /** Returns the {@code oid} of every table, materialized view and index. */
    Long[] oids() {
        List<Long> all = new ArrayList<>(tables.keySet());
        all.addAll(indexes.keySet());
        return all.toArray(Long[]::new);
    }
}
