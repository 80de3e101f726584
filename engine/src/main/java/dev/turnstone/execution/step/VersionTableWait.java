package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.LockTimeoutException;
import dev.turnstone.history.VersionTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how long a session waits for a lock on the version table, outside of the steps. A wait of more than two seconds
 * is logged with the sessions that hold the lock.
 *
 * @param connection in autocommit mode, without a transaction
 * @param table the version table
 * @param timeout the longest wait
 */
public record VersionTableWait(Connection connection, VersionTable table, Duration timeout) {

    private static final int UNREPORTED_SECONDS = 2;
    private static final Duration SLICE = Duration.ofSeconds(UNREPORTED_SECONDS);
    private static final String QUERY_CANCELED = "57014";
    private static final Logger LOG = LoggerFactory.getLogger(VersionTableWait.class);

    /** Changes the version table in its own transaction. */
    public interface Work<T> {
        public T run() throws SQLException;
    }

    /** Reads the version table, without changes. */
    public interface Reading<T> {

        /**
         * Reads.
         *
         * @param seconds after which the read of the version table is cancelled; 0 for no limit
         */
        public T run(int seconds) throws SQLException;
    }

    /**
     * Reads the version table. If no lock blocks the read, no other statement is sent.
     *
     * @throws LockTimeoutException if the timeout expires
     */
    public <T> T read(Reading<T> reading) throws SQLException {
        if (timeout.compareTo(SLICE) < 0) {
            return run(() -> reading.run(0));
        }
        long begin = System.nanoTime();
        try {
            return reading.run(UNREPORTED_SECONDS);
        } catch (SQLException | RuntimeException e) {
            if (!isLockTimeout(e, table.dialect()) && !isCancelled(e)) {
                throw e;
            }
            return run(() -> reading.run(0), begin);
        }
    }

    private static boolean isCancelled(Exception failure) {
        return failure instanceof SQLException refusal && QUERY_CANCELED.equals(refusal.getSQLState());
    }

    /**
     * Runs the work, and repeats it until it acquires its locks.
     *
     * @param work leaves nothing behind if it fails
     * @throws LockTimeoutException if the timeout expires
     */
    public <T> T run(Work<T> work) throws SQLException {
        return run(work, System.nanoTime());
    }

    private <T> T run(Work<T> work, long begin) throws SQLException {
        Dialect dialect = table.dialect();
        List<String> restoring = dialect.timeoutsToRestore(connection);
        boolean reported = false;
        try {
            if (waitedSince(begin).compareTo(SLICE) >= 0) {
                report(dialect);
                reported = true;
            }
            execute(dialect.timeoutStatements(slice(begin), null));
            while (true) {
                try {
                    return work.run();
                } catch (SQLException | RuntimeException e) {
                    if (!isLockTimeout(e, dialect)) {
                        throw e;
                    }
                    Duration waited = waitedSince(begin);
                    if (waited.compareTo(timeout) >= 0) {
                        throw LockTimeoutException.ofVersionTable(table.name(), waited, holders(dialect), e);
                    }
                    if (!reported) {
                        report(dialect);
                        reported = true;
                    }
                }
            }
        } finally {
            if (!connection.isClosed()) {
                execute(restoring);
            }
        }
    }

    private static Duration waitedSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Duration slice(long begin) {
        Duration remaining = timeout.minus(waitedSince(begin));
        Duration least = Duration.ofMillis(1);
        Duration most = remaining.compareTo(SLICE) < 0 ? remaining : SLICE;
        return most.compareTo(least) < 0 ? least : most;
    }

    private void report(Dialect dialect) throws SQLException {
        LOG.warn(
                "Waiting for a lock on the version table {}; {}. The wait ends after {} s.",
                table.name(),
                holders(dialect),
                timeout.toSeconds());
    }

    private String holders(Dialect dialect) throws SQLException {
        String holders = dialect.lockHolders(connection, table.schema(), table.name());
        return holders.isEmpty()
                ? dialect.title() + " does not show which session holds it"
                : "it is held by " + holders;
    }

    private static boolean isLockTimeout(Throwable failure, Dialect dialect) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException refusal && dialect.isLockTimeout(refusal)) {
                return true;
            }
        }
        return false;
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            for (String sql : statements) {
                jdbc.execute(sql);
            }
        }
    }
}
