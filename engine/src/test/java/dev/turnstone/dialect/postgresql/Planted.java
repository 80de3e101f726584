package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A planted difference: the change of one attribute of one kind of object, and the expected difference.
 *
 * <p>In its statements and expected differences, {@code {schema}} is the schema, {@code {database}} the database and
 * {@code {tablespace}} a tablespace that the test has created.
 *
 * @param where the scope that contains it
 * @param since the first major version that supports it
 * @param name a unique name
 * @param before the DDL of the initial state
 * @param change the planted difference
 * @param expected all expected differences
 */
record Planted(Where where, int since, String name, String before, String change, String expected) {

    /** The scope. */
    enum Where {
        SCHEMA,
        DATABASE,
        SERVER
    }

    static Planted planted(String name, String before, String change, String expected) {
        return since(12, name, before, change, expected);
    }

    static Planted since(int version, String name, String before, String change, String expected) {
        return new Planted(Where.SCHEMA, version, name, before, change, expected);
    }

    /** The schemas before and after the change. */
    record Seen(Schema before, Schema after) {
        SchemaDiff difference() {
            return SchemaDiff.between(before, after);
        }
    }

    /** Code that runs while the difference is present. */
    interface Between {
        void look() throws SQLException;
    }

    Seen plantedIn(Connection connection, String schema) throws SQLException {
        return plantedIn(connection, schema, () -> {}, () -> {});
    }

    /**
     * Plants the difference in a transaction that is rolled back.
     *
     * @param schema the schema to create and to make current; {@code planted} means an existing schema in the scope of
     *     a whole database; unused in the scope of a server
     */
    Seen plantedIn(Connection connection, String schema, Between beforeChange, Between afterChange)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            // A new database has a schema for all roles.
            String inSchema =
                    where == Where.SCHEMA || (where == Where.DATABASE && !schema.equals("planted")) ? schema : "public";
            if (!inSchema.equals("public")) {
                String quoted = PostgresDialect.INSTANCE.quote(schema);
                PostgresForTests.execute(
                        connection, "CREATE SCHEMA " + quoted + "; SET LOCAL search_path TO " + quoted);
            }
            Scope scope = scope(inSchema);
            PostgresForTests.execute(connection, filled(before, connection, inSchema));
            beforeChange.look();
            Schema old = PostgresDialect.INSTANCE.read(connection, scope);
            PostgresForTests.execute(connection, filled(change, connection, inSchema));
            Schema now = PostgresDialect.INSTANCE.read(connection, scope);
            afterChange.look();
            return new Seen(old, now);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Scope scope(String schema) {
        return switch (where) {
            case SCHEMA -> Scope.schema(schema);
            case DATABASE -> Scope.database(schema);
            case SERVER -> Scope.server();
        };
    }

    private static String filled(String sql, Connection connection, String schema) throws SQLException {
        return sql.replace("{schema}", PostgresDialect.INSTANCE.quote(schema))
                .replace("{database}", PostgresDialect.INSTANCE.quote(connection.getCatalog()))
                .replace("{tablespace}", PlantedServer.TABLESPACE);
    }

    @Override
    public String toString() {
        return name;
    }
}
