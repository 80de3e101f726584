package dev.turnstone.database;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A schema, database or role of a PostgreSQL server with Turnstone's marker.
 *
 * <p>The object id identifies it: an object with the same name and another id is a different object, and is not changed.
 *
 * @param kind schema, database or role
 * @param name its name
 * @param oid its object id
 * @param owner the process that created it
 */
record MarkedObject(Owner.Kind kind, String name, long oid, Owner owner) {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    private static final String OBJECT_IN_USE = "55006";
    private static final String DEPENDENT_OBJECTS = "2BP01";

    /** Sessions of the URL's role, and of the roles that Turnstone creates for test code. */
    private static final String OUR_USER = " (usesysid = current_user::regrole"
            + " OR shobj_description(usesysid, 'pg_authid') LIKE 'turnstone test role; %') ";

    private static final int ATTEMPTS = 4;

    /** Returns all marked schemas of the connection's database. */
    static List<MarkedObject> schemas(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.SCHEMA,
                "SELECT oid, nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace"
                        + " WHERE obj_description(oid, 'pg_namespace') LIKE 'turnstone test schema; %'");
    }

    /** Returns all marked databases of the connection's server. */
    static List<MarkedObject> databases(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.DATABASE,
                "SELECT oid, datname, shobj_description(oid, 'pg_database') FROM pg_database"
                        + " WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone test database; %'");
    }

    /** Returns all marked roles of the connection's server. */
    static List<MarkedObject> roles(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.ROLE,
                "SELECT oid, rolname, shobj_description(oid, 'pg_authid') FROM pg_roles"
                        + " WHERE shobj_description(oid, 'pg_authid') LIKE 'turnstone test role; %'");
    }

    private static List<MarkedObject> list(Connection connection, Owner.Kind kind, String query) throws SQLException {
        List<MarkedObject> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String name = rows.getString(2);
                long oid = rows.getLong(1);
                Owner.read(kind, rows.getString(3))
                        .ifPresent(owner -> found.add(new MarkedObject(kind, name, oid, owner)));
            }
        }
        return found;
    }

    /**
     * Drops the object with everything in it. Does nothing if it does not exist. Ends the sessions of Turnstone's roles that
     * lock it.
     *
     * @param connection a connection to the schema's database, in autocommit mode, in which it is left
     * @throws TestDatabaseException when the name now belongs to a different object, which is not changed
     */
    void drop(PostgresServer server, Connection connection) throws SQLException {
        if (Interruption.isUnderWay()) {
            disconnectUsers(connection); // the hook cannot wait for them
        }
        for (int attempt = 1; ; attempt++) {
            try {
                if (kind == Owner.Kind.ROLE) {
                    dropRole(connection);
                } else if (kind == Owner.Kind.SCHEMA) {
                    dropSchema(connection);
                    disconnectSessions(connection);
                } else {
                    dropDatabase(server, connection);
                    disconnectUsers(connection);
                }
                return;
            } catch (SQLException e) {
                boolean locked = kind != Owner.Kind.ROLE
                        && Set.of(LOCK_NOT_AVAILABLE, DEADLOCK, OBJECT_IN_USE)
                                .contains(String.valueOf(e.getSQLState()));
                if (!locked || attempt == ATTEMPTS) {
                    if (isGone(connection)) {
                        return;
                    }
                    throw e;
                }
                disconnectUsers(connection);
            }
        }
    }

    private void dropSchema(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (!isGone(connection)) {
                statement.execute(
                        "SET LOCAL lock_timeout = '1s'; SET LOCAL client_min_messages = 'warning'; DROP SCHEMA "
                                + PostgresDialect.INSTANCE.quote(name) + " CASCADE");
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void dropDatabase(PostgresServer server, Connection connection) throws SQLException {
        if (isGone(connection)) {
            return;
        }
        boolean canForce = server.version() >= 130000;
        if (!canForce) {
            disconnectUsers(connection);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP DATABASE " + PostgresDialect.INSTANCE.quote(name) + (canForce ? " WITH (FORCE)" : ""));
        }
    }

    /** Drops the role. Its own databases are dropped already, so that its other objects are in the connection's database. */
    private void dropRole(Connection connection) throws SQLException {
        if (isGone(connection)) {
            return;
        }
        String quoted = PostgresDialect.INSTANCE.quote(name);
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("DROP ROLE " + quoted);
            } catch (SQLException e) {
                if (!DEPENDENT_OBJECTS.equals(e.getSQLState())) {
                    throw e;
                }
                statement.execute("DROP OWNED BY " + quoted);
                statement.execute("DROP ROLE " + quoted);
            }
        }
    }

    private boolean isGone(Connection connection) throws SQLException {
        String query =
                switch (kind) {
                    case SCHEMA -> "SELECT oid FROM pg_namespace WHERE nspname = ?";
                    case ROLE -> "SELECT oid FROM pg_roles WHERE rolname = ?";
                    default -> "SELECT oid FROM pg_database WHERE datname = ?";
                };
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return true;
                }
                if (rows.getLong(1) != oid) {
                    throw new TestDatabaseException(
                            "The " + kind.word() + " " + name
                                    + " is no longer the one that was created for a test: it was"
                                    + " dropped, and another one with the same name was created. The new one was not changed. "
                                    + "Drop it by hand if it is not needed.",
                            null);
                }
                return false;
            }
        }
    }

    /** Ends the sessions that were opened for the schema. A query that also reads locks takes three times as long. */
    private void disconnectSessions(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_get_activity(NULL)
                 WHERE application_name = ? AND pid <> pg_backend_pid() AND
                """ + OUR_USER + """
                   AND datid = (SELECT oid FROM pg_database WHERE datname = current_database())""")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** Ends the sessions that were opened for the object, and those of Turnstone's roles that hold a lock in it. */
    private void disconnectUsers(Connection connection) throws SQLException {
        String users = """
                SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
                 WHERE a.pid <> pg_backend_pid() AND
                """ + OUR_USER + " AND ";
        String which = kind == Owner.Kind.DATABASE ? " a.datname = ?" : """
                   a.datname = current_database() AND (a.application_name = ? OR EXISTS (
                     SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                      WHERE l.pid = a.pid AND l.database = a.datid AND c.relnamespace = %d))""".formatted(oid);
        try (PreparedStatement statement = connection.prepareStatement(users + which)) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}
