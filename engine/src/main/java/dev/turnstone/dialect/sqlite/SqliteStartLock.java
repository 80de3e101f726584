package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StartLockTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Takes no lock for the whole run. Each step begins with SQLite's write lock, and reads the version again when it holds
 * the lock.
 *
 * <p>The connection's {@code busy_timeout} limits how long SQLite itself waits for that lock. Another start may migrate
 * for longer, so a step tries again.
 */
final class SqliteStartLock implements StartLock {

    private static final int SQLITE_BUSY = 5;
    private static final long PAUSE_MILLIS = 20;

    static void beginImmediate(Connection connection, Duration timeout) throws SQLException {
        long begin = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            while (true) {
                try {
                    statement.execute("BEGIN IMMEDIATE");
                    return;
                } catch (SQLException e) {
                    if (!isBusy(e)) {
                        throw e;
                    }
                    pause(Duration.ofNanos(System.nanoTime() - begin), timeout);
                }
            }
        }
    }

    static boolean isBusy(SQLException failure) {
        return (failure.getErrorCode() & 0xFF) == SQLITE_BUSY;
    }

    private static void pause(Duration waited, Duration timeout) {
        if (waited.compareTo(timeout) > 0) {
            throw new StartLockTimeoutException(
                    "another connection holds SQLite's write lock, and SQLite does not report which one", waited);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartLockTimeoutException("this thread was interrupted", waited);
        }
    }

    @Override
    public boolean coversRun() {
        return false;
    }

    @Override
    public void close() {}
}
