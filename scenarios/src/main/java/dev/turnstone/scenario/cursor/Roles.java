package dev.turnstone.scenario.cursor;

import dev.turnstone.boundary.StatementAnalysis;
import dev.turnstone.database.RecordedRoles;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Finds and drops the roles that a history creates. All databases of a server share its roles, so the roles must be
 * dropped together with the test database.
 */
public final class Roles {

    private Roles() {}

    /** Returns whether a statement creates a role. */
    public static boolean isCreatedBy(SqlStatement statement) {
        return !StatementAnalysis.of(statement.text()).createdRoles().isEmpty();
    }

    /**
     * Returns the same database, which on closing also drops those of the roles that do not exist yet.
     *
     * @param names the roles that the history creates
     * @param connection used to read the existing roles
     * @throws SQLException if the existing roles cannot be read
     */
    static TestDatabase dropped(Set<String> names, TestDatabase database, Connection connection) throws SQLException {
        if (names.isEmpty()) {
            return database;
        }
        Set<String> news = new TreeSet<>();
        for (String name : names) {
            if (!exists(name, connection)) {
                news.add(name);
            }
        }
        RecordedRoles.record(connection, news);
        return new DroppingRoles(database, Set.copyOf(news));
    }

    private static boolean exists(String role, Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    private record DroppingRoles(TestDatabase database, Set<String> roles) implements TestDatabase {

        @Override
        public Dialect dialect() {
            return database.dialect();
        }

        @Override
        public DataSource dataSource() {
            return database.dataSource();
        }

        @Override
        public Scope scope() {
            return database.scope();
        }

        @Override
        public SchemaTracker track() throws SQLException {
            return database.track();
        }

        @Override
        public SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
            return database.track(seenThrough);
        }

        @Override
        public String server() {
            return database.server();
        }

        @Override
        public String describe() {
            return database.describe();
        }

        @Override
        public void keep(String title) {
            database.keep(title);
        }

        @Override
        public void requireIsolation() {
            database.requireIsolation();
        }

        @Override
        public void close() {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String role : roles) {
                    if (exists(role, connection)) {
                        String quoted = database.dialect().quote(role);
                        statement.execute("DROP OWNED BY " + quoted + " CASCADE");
                        statement.execute("DROP ROLE " + quoted);
                    }
                }
            } catch (SQLException e) {
                org.slf4j.LoggerFactory.getLogger(Roles.class)
                        .warn("A role of {} is left behind: {}", roles, e.getMessage());
            } finally {
                database.close();
            }
        }
    }
}
