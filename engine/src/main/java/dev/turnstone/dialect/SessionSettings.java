package dev.turnstone.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets and restores the settings of a session.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface SessionSettings {

    /**
     * Returns the statements that set the timeouts of the session; none for a timeout that the database does not
     * support.
     *
     * @param lock how long a statement waits for a lock, or null
     * @param statement how long a statement may run, or null
     */
    List<String> timeoutStatements(@Nullable Duration lock, @Nullable Duration statement);

    /** Returns the statements that set the current timeouts of the session again. */
    List<String> timeoutsToRestore(Connection connection) throws SQLException;

    /**
     * Returns the statements that set the current settings of the session again, for every setting that a revision may
     * change for later ones.
     */
    List<String> settingsToRestore(Connection connection) throws SQLException;

    /**
     * Returns the statements that drop the temporary objects of the session, if {@link #settingsToRestore} does not
     * include them.
     */
    default List<String> dropsOfTemporary(Connection connection) throws SQLException {
        return List.of();
    }

    /**
     * Disables the enforcement of foreign keys for statements that rebuild tables.
     *
     * @param connection without a transaction
     */
    SuspendedForeignKeys suspendForeignKeys(Connection connection) throws SQLException;
}
