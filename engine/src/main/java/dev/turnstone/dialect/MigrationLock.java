package dev.turnstone.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Excludes concurrent migrations of one database.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface MigrationLock {

    /**
     * Returns the lock to use while this connection already holds the one of {@link #startLock}. Closing it does not
     * release that lock.
     */
    StartLock lockHeld();

    /**
     * Waits until no other start migrates, and takes the lock.
     *
     * @param connection in autocommit mode
     * @param name the name of the lock, equal for all starts on one database
     * @param timeout how long to wait
     * @throws StartLockTimeoutException if the timeout expires
     */
    StartLock startLock(Connection connection, String name, Duration timeout) throws SQLException;

    /**
     * Excludes other starts from a step without a transaction, if {@link #startLock} does not exclude them already.
     *
     * @param timeout how long to wait
     * @throws StartLockTimeoutException if the timeout expires
     */
    StartLock lockWithoutTransaction(Connection connection, Duration timeout) throws SQLException;

    /**
     * The sessions that hold a lock on a table which another session may wait for.
     *
     * @param connection without a transaction
     * @return each with its process, application, user and time, separated by semicolons; empty if the database does not show
     *     them
     */
    default String lockHolders(Connection connection, String schema, String table) throws SQLException {
        return "";
    }
}
