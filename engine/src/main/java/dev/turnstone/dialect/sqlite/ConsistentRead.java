package dev.turnstone.dialect.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs several queries on the same state of the database, within the caller's transaction or in one of their own. */
final class ConsistentRead {

    private static final String NAME = "turnstone_read";

    private ConsistentRead() {}

    /** The queries. */
    interface Queries<T> {
        T run() throws SQLException;
    }

    /**
     * Runs queries in a savepoint. The savepoint begins a transaction only if none is open, whichever statement began
     * it. The driver does not know this state: its auto-commit flag ignores a {@code BEGIN} that was sent as a
     * statement.
     */
    static <T> T of(Connection connection, Queries<T> queries) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT " + NAME);
            T result;
            try {
                result = queries.run();
            } catch (SQLException | RuntimeException e) {
                release(statement, e);
                throw e;
            }
            statement.execute("RELEASE " + NAME);
            return result;
        }
    }

    private static void release(Statement statement, Exception failure) {
        try {
            statement.execute("RELEASE " + NAME);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
