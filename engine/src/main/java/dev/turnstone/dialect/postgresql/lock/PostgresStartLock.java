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
 * An advisory lock of the session, taken by asking again and again.
 *
 * <p>A session that waits for it inside SQL would hold a snapshot, for which CREATE INDEX CONCURRENTLY of the holder
 * waits: a deadlock.
 */
public final class PostgresStartLock implements StartLock {

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

    /** A longer wait is logged. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStartLock.class);

    private final Connection connection;
    private final long key;

    private PostgresStartLock(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    public static PostgresStartLock take(Connection connection, String name, Duration patience) throws SQLException {
        long key = key(name);
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        boolean told = false;
        while (!call(connection, "SELECT pg_try_advisory_lock(?)", key)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (waited.compareTo(patience) > 0) {
                throw new StartLockTimeoutException(holder(connection, key), waited);
            }
            if (!told && waited.compareTo(SILENCE) > 0) {
                LOG.warn(
                        "Waiting for the start lock of {}: another start migrates this database ({}). The wait ends"
                                + " after {} s.",
                        name,
                        holder(connection, key),
                        patience.toSeconds());
                told = true;
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
            if (!isOfALostConnection(e)) {
                throw e;
            }
            // The session has ended, and its lock with it; what was done under it is not undone by that.
            LOG.debug("The lock went with its session: {}", e.getMessage());
        }
    }

    private static boolean isOfALostConnection(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }
}
