package dev.turnstone.scenario.locks;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.scenario.locks.LockableRelations.Relation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A second session on a PostgreSQL database. It tries to read and write the tables that a step has locked, and changes
 * nothing. Not thread-safe.
 */
final class SecondSession implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * The shortest {@code lock_timeout} that can be set. A free lock is granted immediately, even on a slow machine.
     */
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private final Connection connection;

    SecondSession(TestDatabase database) throws SQLException {
        connection = database.dataSource().getConnection();
        try {
            execute("SET lock_timeout = " + PATIENCE.toMillis());
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The sessions that a lock makes wait.
     *
     * @param readers whether readers wait
     * @param writers whether writers wait
     */
    record Blocked(boolean readers, boolean writers) {

        /**
         * Returns the sessions that a mode blocks according to the server's table of conflicts, for locks that cannot
         * be tried.
         */
        static Blocked by(LockMode mode) {
            return new Blocked(mode.blocksReaders(), mode.blocksWriters());
        }

        boolean any() {
            return readers || writers;
        }

        /** Returns the blocked sessions as text for a message. */
        @Override
        public String toString() {
            return readers ? (writers ? "readers and writers" : "readers") : "writers";
        }
    }

    /** Tries to read and to write a table. A materialized view is only read, because no session writes its rows. */
    Blocked tries(Relation relation) throws SQLException {
        boolean readers = isBlocked("SELECT FROM " + relation.quoted() + " LIMIT 1");
        boolean writers =
                !relation.isMaterializedView() && isBlocked("DELETE FROM " + relation.quoted() + " WHERE false");
        return new Blocked(readers, writers);
    }

    private boolean isBlocked(String sql) throws SQLException {
        execute("BEGIN");
        try {
            execute(sql);
            return false;
        } catch (SQLException e) {
            // Any other failure, such as that of a trigger that forbids deletes, occurs after the lock was granted.
            return LOCK_NOT_AVAILABLE.equals(e.getSQLState());
        } finally {
            execute("ROLLBACK");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
