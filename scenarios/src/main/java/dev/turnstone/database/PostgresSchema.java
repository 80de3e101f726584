package dev.turnstone.database;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.postgresql.tracking.ChangeWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A test database that is a schema of a PostgreSQL database. */
final class PostgresSchema extends OwnedDatabase {

    private static final String DUPLICATE_SCHEMA = "42P06";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final PostgresServer server;
    private final MarkedObject schema;

    private PostgresSchema(PostgresServer server, MarkedObject schema) {
        super(PostgresDialect.INSTANCE, server.inSchema(schema.name()), server.title());
        this.server = server;
        this.schema = schema;
    }

    /**
     * Creates the schema and marks it, in one transaction.
     *
     * @throws MissingPrivilegeException when the role may not create schemas
     * @throws TestDatabaseException when the name is taken; the existing schema is not changed
     */
    static PostgresSchema create(PostgresServer server, String name) throws SQLException {
        String quoted = PostgresDialect.INSTANCE.quote(name);
        Owner owner = Owner.current();
        try (PostgresServer.Session session = server.session();
                Statement statement = session.connection().createStatement()) {
            Connection connection = session.connection();
            server.unrelatedObjects().readBefore(connection);
            connection.setAutoCommit(false);
            TestRole role = server.testRole();
            String authorization = role == null ? "" : " AUTHORIZATION " + role.quoted();
            statement.execute("CREATE SCHEMA " + quoted + authorization + "; COMMENT ON SCHEMA " + quoted + " IS '"
                    + owner.marker(Owner.Kind.SCHEMA).replace("'", "''") + "'");
            long oid = Long.parseLong(PostgresServer.text(
                    connection, "SELECT oid FROM pg_namespace WHERE nspname = '" + name.replace("'", "''") + "'"));
            connection.commit();
            connection.setAutoCommit(true);
            PostgresSchema schema = new PostgresSchema(server, new MarkedObject(Owner.Kind.SCHEMA, name, oid, owner));
            server.unrelatedObjects().opened(schema);
            return schema;
        } catch (SQLException e) {
            if (DUPLICATE_SCHEMA.equals(e.getSQLState())) {
                throw taken(server, name, e);
            }
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw notAllowed(server, e);
            }
            throw e;
        }
    }

    private static TestDatabaseException taken(PostgresServer server, String name, SQLException e) {
        return new TestDatabaseException(
                "The schema " + name + " exists on " + server.identity()
                        + " and was not created for this test. It was "
                        + "not changed, and nothing was created. Drop it by hand if it is not needed.",
                e);
    }

    private static MissingPrivilegeException notAllowed(PostgresServer server, SQLException e) {
        return new MissingPrivilegeException(
                "CREATE on the database",
                "schema",
                server.identity(),
                "Grant it (GRANT CREATE ON DATABASE ... TO ...), or set turnstone.postgres.source=embedded.",
                e);
    }

    @Override
    void drop() throws SQLException {
        if (server.isStopped()) {
            return;
        }
        try (PostgresServer.Session session = server.session()) {
            schema.drop(server, session.connection());
            changedOutside(server.unrelatedObjects().closed(this, session.connection()));
        } finally {
            server.unrelatedObjects().forget(this);
        }
    }

    @Override
    void watchChanges() throws SQLException {
        if (!server.outlivesProcess()) {
            try (PostgresServer.Session session = server.session()) {
                ChangeWatch.install(session.connection());
            }
        }
    }

    @Override
    Optional<String> keepFor(String title) throws SQLException {
        if (!server.outlivesProcess()) {
            return Optional.empty();
        }
        try (PostgresServer.Session session = server.session();
                Statement statement = session.connection().createStatement()) {
            statement.execute("COMMENT ON SCHEMA " + PostgresDialect.INSTANCE.quote(schema.name())
                    + " IS 'turnstone kept schema; " + title.replace("'", "''") + "'");
            changedOutside(server.unrelatedObjects().closed(this, session.connection()));
        } finally {
            server.unrelatedObjects().forget(this);
        }
        String scratch = server.scratch();
        return Optional.of("schema " + schema.name() + " on " + server.identity() + "; when done, "
                + (scratch == null ? "DROP SCHEMA " + schema.name() + " CASCADE" : "DROP DATABASE " + scratch));
    }

    @Override
    public Scope scope() {
        return Scope.schema(schema.name());
    }

    @Override
    public String describe() {
        return "schema " + schema.name() + " (" + server() + ")";
    }
}
