package dev.turnstone.database;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.postgresql.tracking.ChangeWatch;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A test database on a PostgreSQL server. */
final class PostgresDatabase extends OwnedDatabase {

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int KNOWS_STRATEGIES = 150000;
    private static final int OWNER_HAS_PUBLIC = 150000;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final PostgresServer server;
    private final MarkedObject database;

    private PostgresDatabase(PostgresServer server, MarkedObject database) {
        super(PostgresDialect.INSTANCE, server.inDatabase(database.name()), server.title());
        this.server = server;
        this.database = database;
    }

    /**
     * Creates the database and marks it.
     *
     * <p>The server needs two statements for this. Therefore a file announces the database first: if this process is
     * killed between the statements, the next run still recognizes the database.
     *
     * @throws MissingPrivilegeException when the role may not create databases
     * @throws TestDatabaseException when the name is taken; the existing database is not changed
     */
    static PostgresDatabase create(PostgresServer server, String name, Workspace workspace)
            throws SQLException, IOException {
        PostgresDatabase database = create(server, name, workspace, "template0 ENCODING 'UTF8'");
        database.handOverPublicSchema();
        return database;
    }

    /** Before PostgreSQL 15 the schema belongs to the server's first superuser and not to the database's owner. */
    private void handOverPublicSchema() throws SQLException {
        TestRole role = server.testRole();
        if (role == null || server.version() >= OWNER_HAS_PUBLIC) {
            return;
        }
        try (Connection connection = server.inside(database.name()).connect()) {
            if ("on".equals(PostgresServer.text(connection, "SHOW is_superuser"))) {
                execute(connection, "ALTER SCHEMA public OWNER TO " + role.quoted());
            }
        } catch (SQLException e) {
            drop();
            throw e;
        }
    }

    private static PostgresDatabase create(PostgresServer server, String name, Workspace workspace, String template)
            throws SQLException, IOException {
        try (PostgresServer.Session session = server.session()) {
            Connection connection = session.connection();
            Workspace.Claim announced = workspace.claim(Workspace.Area.DATABASES, name, server.identity());
            try {
                execute(
                        connection,
                        "CREATE DATABASE " + PostgresDialect.INSTANCE.quote(name) + owner(server) + " TEMPLATE "
                                + template + strategy(server));
            } catch (SQLException e) {
                announced.release();
                if (DUPLICATE_DATABASE.equals(e.getSQLState())) {
                    throw taken(server, name, e);
                }
                if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                    throw notAllowed(server, e);
                }
                throw e;
            }
            MarkedObject database = mark(connection, name);
            announced.release();
            return new PostgresDatabase(server, database);
        }
    }

    private static String owner(PostgresServer server) {
        TestRole role = server.testRole();
        return role == null ? "" : " OWNER " + role.quoted();
    }

    /**
     * Copying the template's files takes half the time of the default, which writes them to the WAL. It needs two
     * checkpoints, which are cheap without fsync and slow down other users of a shared server.
     */
    private static String strategy(PostgresServer server) {
        return server.version() >= KNOWS_STRATEGIES && !server.outlivesProcess() ? " STRATEGY FILE_COPY" : "";
    }

    /**
     * Creates a copy of this database. No session may be connected to this database.
     *
     * @throws MissingPrivilegeException when the user may not create databases
     */
    PostgresDatabase copy(String name, Workspace workspace) throws SQLException, IOException {
        return create(server, name, workspace, PostgresDialect.INSTANCE.quote(database.name()));
    }

    /** Returns whether a copy is complete: privileges, settings and subscriptions of a database are not copied. */
    boolean isCopiedWhole() throws SQLException {
        try (PostgresServer.Session session = server.session()) {
            return "t".equals(PostgresServer.text(session.connection(), """
                    SELECT datacl IS NULL
                       AND NOT EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = d.oid)
                       AND NOT EXISTS (SELECT FROM pg_subscription WHERE subdbid = d.oid)
                      FROM pg_database d WHERE oid = %d""".formatted(database.oid())));
        }
    }

    /** Marks a database that this process, or a process that announced it and has ended, created. */
    static MarkedObject mark(Connection connection, String name) throws SQLException {
        Owner owner = Owner.current();
        execute(
                connection,
                "COMMENT ON DATABASE " + PostgresDialect.INSTANCE.quote(name) + " IS '"
                        + owner.marker(Owner.Kind.DATABASE).replace("'", "''") + "'");
        long oid = Long.parseLong(PostgresServer.text(
                connection, "SELECT oid FROM pg_database WHERE datname = '" + name.replace("'", "''") + "'"));
        return new MarkedObject(Owner.Kind.DATABASE, name, oid, owner);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static TestDatabaseException taken(PostgresServer server, String name, SQLException e) {
        return new TestDatabaseException(
                "The database " + name + " exists on " + server.identity()
                        + " and was not created for this test. It was "
                        + "not changed, and nothing was created. Drop it by hand if it is not needed.",
                e);
    }

    private static MissingPrivilegeException notAllowed(PostgresServer server, SQLException e) {
        return new MissingPrivilegeException(
                "CREATEDB",
                "database",
                server.identity(),
                "Grant it (ALTER ROLE ... CREATEDB), or set turnstone.postgres.source=embedded.",
                e);
    }

    /** Returns the database's name on the server. */
    String name() {
        return database.name();
    }

    @Override
    void drop() throws SQLException {
        if (server.isStopped()) {
            return;
        }
        try (PostgresServer.Session session = server.session()) {
            database.drop(server, session.connection());
        }
    }

    @Override
    void watchChanges() throws SQLException {
        if (!server.outlivesProcess()) {
            try (Connection connection = dataSource().getConnection()) {
                ChangeWatch.install(connection);
            }
        }
    }

    @Override
    Optional<String> keepFor(String title) throws SQLException {
        if (!server.outlivesProcess()) {
            return Optional.empty();
        }
        try (PostgresServer.Session session = server.session()) {
            execute(
                    session.connection(),
                    "COMMENT ON DATABASE " + PostgresDialect.INSTANCE.quote(database.name())
                            + " IS 'turnstone kept database; " + title.replace("'", "''") + "'");
        }
        return Optional.of("database " + database.name() + " on " + server.identity() + "; when done, DROP DATABASE "
                + database.name());
    }

    @Override
    public Scope scope() {
        return Scope.database("public");
    }

    @Override
    public String describe() {
        return "database " + database.name() + " (" + server() + ")";
    }
}
