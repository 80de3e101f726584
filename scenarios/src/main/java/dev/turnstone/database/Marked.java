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
 * A schema, database or role of a PostgreSQL server that was seen to carry our marker.
 *
 * <p>The object id is part of it: what has the name but another id is something else, and is never touched.
 *
 * @param kind schema, database or role
 * @param name its name
 * @param oid its object id
 * @param owner who made it
 */
record Marked(Owner.Kind kind, String name, long oid, Owner owner) {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    private static final String OBJECT_IN_USE = "55006";
    private static final String DEPENDENT_OBJECTS = "2BP01";

    /** Sessions of the URL's role, and of the roles that Turnstone creates for test code. */
    private static final String OUR_USER = " (usesysid = current_user::regrole"
            + " OR shobj_description(usesysid, 'pg_authid') LIKE 'turnstone test role; %') ";

    private static final int ATTEMPTS = 4;

    /** All marked schemas of the connection's database. */
    static List<Marked> schemas(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.SCHEMA,
                "SELECT oid, nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace"
                        + " WHERE obj_description(oid, 'pg_namespace') LIKE 'turnstone test schema; %'");
    }

    /** All marked databases of the connection's server. */
    static List<Marked> databases(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.DATABASE,
                "SELECT oid, datname, shobj_description(oid, 'pg_database') FROM pg_database"
                        + " WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone test database; %'");
    }

    /** All marked roles of the connection's server. */
    static List<Marked> roles(Connection connection) throws SQLException {
        return list(
                connection,
                Owner.Kind.ROLE,
                "SELECT oid, rolname, shobj_description(oid, 'pg_authid') FROM pg_roles"
                        + " WHERE shobj_description(oid, 'pg_authid') LIKE 'turnstone test role; %'");
    }

    private static List<Marked> list(Connection connection, Owner.Kind kind, String query) throws SQLException {
        List<Marked> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String name = rows.getString(2);
                long oid = rows.getLong(1);
                Owner.read(kind, rows.getString(3)).ifPresent(owner -> found.add(new Marked(kind, name, oid, owner)));
            }
        }
        return found;
    }

    /**
     * Drops it with all it holds; does nothing when it is gone. Whoever keeps it locked is disconnected, where it is a
     * session of ours.
     *
     * @param connection in autocommit mode, and to the schema's database; is left in autocommit mode
     * @throws TestDatabaseException when the name stands for something else now; that is left untouched
     */
    void drop(PostgresServer server, Connection connection) throws SQLException {
        if (Interruption.isUnderWay()) {
            disconnectUsers(connection); // there is no time to wait for them
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

    /** What the role owns in its own databases is gone with these. The rest can only be in the connection's database. */
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
                            "The " + kind.word() + " " + name + " is no longer the one that was made for a test: "
                                    + "something dropped that and made another of its name. It was left untouched. "
                                    + "Drop it by hand if it is not needed.",
                            null);
                }
                return false;
            }
        }
    }

    /** Ends the sessions that were opened for the schema; to ask about locks as well would take three times as long. */
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

    /** Ends the sessions that were opened for it, and those of our user that hold a lock on something in it. */
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
