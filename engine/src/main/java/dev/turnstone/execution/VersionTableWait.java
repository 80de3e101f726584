package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
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
 * @param patience how long to wait at most
 */
record VersionTableWait(Connection connection, VersionTable table, Duration patience) {

    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(VersionTableWait.class);

    /** Reads the version table, or changes it in a transaction of its own. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Does the work, and again as long as a lock is not given.
     *
     * @param work leaves nothing when it fails
     * @throws LockTimeoutException when the time is over
     */
    <T> T run(Work<T> work) throws SQLException {
        Dialect dialect = table.dialect();
        List<String> restoring = dialect.timeoutsToRestore(connection);
        Duration slice = patience.compareTo(SLICE) < 0 ? patience : SLICE;
        execute(dialect.timeoutStatements(slice, null));
        long begin = System.nanoTime();
        boolean told = false;
        try {
            while (true) {
                try {
                    return work.run();
                } catch (SQLException | RuntimeException e) {
                    if (!isLockTimeout(e, dialect)) {
                        throw e;
                    }
                    Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                    boolean over = waited.compareTo(patience) >= 0;
                    String holders = over || !told ? holders(dialect) : "";
                    if (over) {
                        throw LockTimeoutException.ofVersionTable(table.name(), waited, holders, e);
                    }
                    if (!told) {
                        LOG.warn(
                                "Waiting for a lock on the version table {}; {}. The wait ends after {} s.",
                                table.name(),
                                holders,
                                patience.toSeconds());
                        told = true;
                    }
                }
            }
        } finally {
            if (!connection.isClosed()) {
                execute(restoring);
            }
        }
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
