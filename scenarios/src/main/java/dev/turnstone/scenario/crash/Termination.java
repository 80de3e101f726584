package dev.turnstone.scenario.crash;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.scenario.cursor.LastingStatements;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Terminates a tool's session on PostgreSQL at a statement with a permanent effect: before it, after the last one, or
 * within one that builds an index concurrently. Not thread-safe.
 */
final class Termination implements AutoCloseable {

    private static final int NEVER = -1;
    private static final long PAUSE_MILLIS = 5;
    private static final long PATIENCE_SECONDS = 60;

    private enum Where {
        BEFORE,
        WITHIN,
        AFTER
    }

    private Where where = Where.BEFORE;
    private int at = NEVER;
    private int seen;
    private boolean happened;
    private @Nullable Within within;

    /**
     * Arms the termination of the next session before a statement with a permanent effect, or after the last one.
     *
     * @param number the index of the statement, from 0; {@code count} for after the last one
     * @param count the number of statements with a permanent effect
     */
    void beforeOrAfter(int number, int count) {
        begin(number == count ? Where.AFTER : Where.BEFORE, number == count ? count - 1 : number);
    }

    /**
     * Arms the termination of the next session within a statement with a permanent effect.
     *
     * @param number the index of the statement, from 0
     */
    void within(int number) {
        begin(Where.WITHIN, number);
    }

    private void begin(Where place, int number) {
        where = place;
        at = number;
        seen = 0;
        happened = false;
    }

    /** Disarms the termination; returns whether a session was terminated. */
    boolean end() {
        at = NEVER;
        Within waiting = within;
        if (waiting != null) {
            within = null;
            happened |= waiting.end();
        }
        return happened;
    }

    /** Returns an observer that terminates the sessions on a database. */
    ObservedDatabase.StatementObserver on(TestDatabase database) {
        return new ObservedDatabase.StatementObserver() {
            private LastingStatements statements = new LastingStatements();
            private boolean lasts;
            private int pid;

            @Override
            public void opened(Connection connection) throws SQLException {
                statements = new LastingStatements();
                pid = pid(connection);
            }

            @Override
            public void before(Connection connection, String sql) throws SQLException {
                lasts = statements.lasts(sql);
                if (!lasts || seen != at || at == NEVER) {
                    return;
                }
                if (where == Where.BEFORE) {
                    terminate(database, pid);
                    happened = true;
                } else if (where == Where.WITHIN) {
                    within = Within.begin(database, pid);
                }
            }

            @Override
            public void after(Connection connection, String sql) throws SQLException {
                if (!lasts || at == NEVER) {
                    return;
                }
                if (where == Where.AFTER && seen == at) {
                    terminate(database, pid);
                    happened = true;
                    throw new SQLException("The connection was cut before the answer came", "08006");
                }
                seen++;
            }
        };
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Terminates a session and waits until it has ended and released its locks. */
    private static void terminate(TestDatabase database, int pid) throws SQLException {
        try (Connection second = database.dataSource().getConnection()) {
            terminate(second, pid);
        }
    }

    private static void terminate(Connection second, int pid) throws SQLException {
        long begin = System.nanoTime();
        while (isThere(second, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ?", pid)) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new SQLException("The session " + pid + " does not end");
            }
            pause();
        }
    }

    private static boolean isThere(Connection second, String query, int pid) throws SQLException {
        try (PreparedStatement statement = second.prepareStatement(query)) {
            statement.setInt(1, pid);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    /**
     * Terminates a session that builds an index concurrently, at the moment when it waits. An older snapshot of another
     * session makes it wait before the index becomes valid.
     */
    private static final class Within {

        private final TestDatabase database;
        private final Connection older;
        private final Thread thread;
        private volatile boolean over;
        private volatile boolean terminated;

        private Within(TestDatabase database, Connection older, int pid) {
            this.database = database;
            this.older = older;
            this.thread = new Thread(() -> terminateWhenWaiting(pid), "turnstone-crash");
        }

        static Within begin(TestDatabase database, int pid) throws SQLException {
            Connection older = database.dataSource().getConnection();
            older.setAutoCommit(false);
            older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            pid(older);
            Within within = new Within(database, older, pid);
            within.thread.setDaemon(true);
            within.thread.start();
            return within;
        }

        private void terminateWhenWaiting(int pid) {
            try {
                while (!over) {
                    if (isThere(
                            older,
                            "SELECT FROM pg_locks WHERE pid = ? AND NOT granted AND locktype = 'virtualxid'",
                            pid)) {
                        terminate(database, pid);
                        terminated = true;
                        return;
                    }
                    pause();
                }
            } catch (SQLException e) {
                org.slf4j.LoggerFactory.getLogger(Termination.class).debug("Not terminated: {}", e.getMessage());
            } finally {
                close();
            }
        }

        /** Stops waiting; returns whether the session was terminated. */
        boolean end() {
            over = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return terminated;
        }

        private void close() {
            try {
                older.close();
            } catch (SQLException e) {
                throw new DatabaseException("close a connection to the test database", e);
            }
        }
    }
}
