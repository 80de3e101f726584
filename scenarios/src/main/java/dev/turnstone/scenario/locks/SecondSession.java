package dev.turnstone.scenario.locks;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.scenario.locks.LockableRelations.Relation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Another session on a PostgreSQL database, which really tries to read and write what a step has locked, and changes
 * nothing. Not thread-safe.
 */
final class SecondSession implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The shortest that can be set: a lock that is free is given at once, however slow the machine is. */
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
     * Whom a lock makes wait.
     *
     * @param readers who reads
     * @param writers who writes
     */
    record Blocked(boolean readers, boolean writers) {

        /** What a mode blocks by the server's table of conflicts, where it cannot be tried. */
        static Blocked by(LockMode mode) {
            return new Blocked(mode.blocksReaders(), mode.blocksWriters());
        }

        boolean any() {
            return readers || writers;
        }

        /** Whom, in words. */
        @Override
        public String toString() {
            return readers ? (writers ? "readers and writers" : "readers") : "writers";
        }
    }

    /** Tries both on a table; on a materialized view, which no one writes, only to read. */
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
            // Anything else, such as a trigger that forbids to delete, comes after the lock.
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
