package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StartLockTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** A longer wait is logged. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStartLock.class);

    static void beginImmediate(Connection connection, Duration timeout) throws SQLException {
        long begin = System.nanoTime();
        boolean told = false;
        try (Statement statement = connection.createStatement()) {
            while (true) {
                try {
                    statement.execute("BEGIN IMMEDIATE");
                    return;
                } catch (SQLException e) {
                    if (!isBusy(e)) {
                        throw e;
                    }
                    Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                    pause(waited, timeout);
                    if (!told && waited.compareTo(SILENCE) > 0) {
                        LOG.warn(
                                "Waiting for the write lock of {}, which another connection holds; SQLite does not show"
                                        + " which. The wait ends after {} s.",
                                connection.getMetaData().getURL(),
                                timeout.toSeconds());
                        told = true;
                    }
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
