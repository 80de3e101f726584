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
 * No lock of its own: each step begins with SQLite's write lock, and asks for the version again when it has it.
 *
 * <p>The connection's {@code busy_timeout} is how long SQLite itself waits for that lock; another start may well migrate
 * for longer, so a step asks again.
 */
final class SqliteStartLock implements StartLock {

    private static final int SQLITE_BUSY = 5;
    private static final long PAUSE_MILLIS = 20;

    /** A longer wait is logged. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStartLock.class);

    static void beginImmediate(Connection connection, Duration patience) throws SQLException {
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
                    pause(waited, patience);
                    if (!told && waited.compareTo(SILENCE) > 0) {
                        LOG.warn(
                                "Waiting for the write lock of {}, which another connection holds; SQLite does not show"
                                        + " which. The wait ends after {} s.",
                                connection.getMetaData().getURL(),
                                patience.toSeconds());
                        told = true;
                    }
                }
            }
        }
    }

    static boolean isBusy(SQLException failure) {
        return (failure.getErrorCode() & 0xFF) == SQLITE_BUSY;
    }

    private static void pause(Duration waited, Duration patience) {
        if (waited.compareTo(patience) > 0) {
            throw new StartLockTimeoutException("SQLite does not tell who holds its write lock", waited);
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
