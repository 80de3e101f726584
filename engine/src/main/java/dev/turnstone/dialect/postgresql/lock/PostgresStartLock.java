package dev.turnstone.dialect.postgresql.lock;

import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StartLockTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session-level advisory lock, acquired by polling.
 *
 * <p>A session that waited for the lock within an SQL statement would hold a snapshot. CREATE INDEX CONCURRENTLY in the
 * session that holds the lock would wait for that snapshot: a deadlock.
 */
public final class PostgresStartLock implements StartLock {

    /** A lock that the session already holds. Closing it does nothing. */
    public static final StartLock HELD_ALREADY = new StartLock() {
        @Override
        public boolean coversRun() {
            return true;
        }

        @Override
        public void close() {}
    };

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    /** A wait that takes longer is logged. */
    private static final Duration LOGGED_AFTER = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStartLock.class);

    private final Connection connection;
    private final long key;

    private PostgresStartLock(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    /**
     * Acquires the lock.
     *
     * @param name the name of the lock, from which its key is computed
     * @param timeout how long to wait for another session that holds the lock
     * @throws StartLockTimeoutException if the timeout expires or the thread is interrupted
     */
    public static PostgresStartLock take(Connection connection, String name, Duration timeout) throws SQLException {
        long key = key(name);
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        boolean logged = false;
        while (!call(connection, "SELECT pg_try_advisory_lock(?)", key)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (waited.compareTo(timeout) > 0) {
                throw new StartLockTimeoutException(holder(connection, key), waited);
            }
            if (!logged && waited.compareTo(LOGGED_AFTER) > 0) {
                LOG.warn(
                        "Waiting for the start lock of {}: another start migrates this database ({}). The wait ends"
                                + " after {} s.",
                        name,
                        holder(connection, key),
                        timeout.toSeconds());
                logged = true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartLockTimeoutException(holder(connection, key) + "; this thread was interrupted", waited);
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
        return new PostgresStartLock(connection, key);
    }

    private static long key(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("turnstone " + name).getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static boolean call(Connection connection, String sql, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static String holder(Connection connection, long key) throws SQLException {
        String holders = LockHolders.ofAdvisoryLock(connection, key);
        return holders.isEmpty() ? "which has just ended" : holders;
    }

    @Override
    public boolean coversRun() {
        return true;
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try {
            call(connection, "SELECT pg_advisory_unlock(?)", key);
        } catch (SQLException e) {
            if (!isConnectionLoss(e)) {
                throw e;
            }
            // The session has ended, and the server has released its lock. The migration itself has succeeded.
            LOG.debug("The server released the start lock when the session ended: {}", e.getMessage());
        }
    }

    private static boolean isConnectionLoss(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }
}
