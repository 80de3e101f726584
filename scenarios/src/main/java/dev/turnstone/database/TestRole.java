package dev.turnstone.database;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that test code logs in as on a server given by URL. It has no attribute but LOGIN and is a member of no role,
 * so that the server refuses everything outside the databases that the role owns.
 *
 * @param marked the role itself, with Turnstone's marker
 * @param password random, in clear text; known to this process only
 */
record TestRole(MarkedObject marked, String password) {

    private static final int PASSWORD_BYTES = 24;
    private static final int HAS_GRANT_OPTIONS = 160000;
    private static final Logger LOG = LoggerFactory.getLogger(TestRole.class);

    /**
     * Creates the role and marks it, in one transaction.
     *
     * @return empty if the server refuses: the URL's role may not create roles or may not act for them, or the server has
     *     password rules that the random password does not meet
     */
    static Optional<TestRole> create(PostgresServer server) throws SQLException {
        String name = RandomName.next();
        String quoted = PostgresDialect.INSTANCE.quote(name);
        String password = randomPassword();
        Owner owner = Owner.current();
        try (PostgresServer.Session session = server.session();
                Statement statement = session.connection().createStatement()) {
            Connection connection = session.connection();
            connection.setAutoCommit(false);
            try {
                statement.execute("CREATE ROLE " + quoted + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
                        + " NOBYPASSRLS PASSWORD '" + password + "'");
                statement.execute("COMMENT ON ROLE " + quoted + " IS '"
                        + owner.marker(Owner.Kind.ROLE).replace("'", "''") + "'");
                if (!has(connection, "MEMBER", name)) {
                    statement.execute("GRANT " + quoted + " TO CURRENT_USER");
                } else if (!has(connection, "USAGE", name)) {
                    statement.execute("GRANT " + quoted + " TO CURRENT_USER"
                            + (server.version() >= HAS_GRANT_OPTIONS ? " WITH INHERIT TRUE, SET TRUE" : ""));
                }
                if (!has(connection, "USAGE", name)) {
                    LOG.debug("The URL's role does not inherit rights, and cannot act for a role that it creates.");
                    connection.rollback();
                    return Optional.empty();
                }
                long oid = Long.parseLong(
                        PostgresServer.text(connection, "SELECT oid FROM pg_roles WHERE rolname = '" + name + "'"));
                connection.commit();
                return Optional.of(new TestRole(new MarkedObject(Owner.Kind.ROLE, name, oid, owner), password));
            } catch (SQLException e) {
                connection.rollback();
                LOG.debug("No role for test code was created on {}.", server.title(), e);
                return Optional.empty();
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean has(Connection connection, String right, String role) throws SQLException {
        return "t"
                .equals(PostgresServer.text(
                                connection, "SELECT pg_has_role(current_user, '" + role + "', '" + right + "')::text")
                        .substring(0, 1));
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "T-" + HexFormat.of().formatHex(bytes);
    }

    String name() {
        return marked.name();
    }

    /** Returns the name, quoted for SQL. */
    String quoted() {
        return PostgresDialect.INSTANCE.quote(name());
    }

    /** Does not contain the password. */
    @Override
    public String toString() {
        return "role " + name();
    }
}
