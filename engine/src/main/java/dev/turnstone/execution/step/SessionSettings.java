package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Restores the settings of a connection that a revision changed, such as {@code search_path} and
 * {@code PRAGMA foreign_keys}, and drops its temporary tables, so that they affect neither the next revision nor a
 * later user of a pooled connection.
 *
 * <p>The settings are read only before statements that may change them; most histories contain none. Not thread-safe.
 */
public final class SessionSettings {

    private final Dialect dialect;
    private final Connection connection;
    private List<String> restoring = List.of();
    private List<String> temporaryBefore = List.of();
    private boolean mayDiffer;

    /** @param connection remains open; the caller closes it */
    public SessionSettings(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** Reads the settings if one of the statements may change them. */
    public void beforeRunning(List<SqlStatement> statements) throws SQLException {
        if (statements.stream().anyMatch(s -> dialect.mayChangeSettings(s.text()))) {
            if (restoring.isEmpty()) {
                restoring = dialect.settingsToRestore(connection);
                temporaryBefore = dialect.dropsOfTemporary(connection);
            }
            mayDiffer = true;
        }
    }

    /**
     * Restores the settings that changed. Within a run of one transaction, SQLite does not accept some settings; these
     * cannot have changed there either.
     */
    public void restore() throws SQLException {
        if (!mayDiffer) {
            return;
        }
        List<String> now = dialect.settingsToRestore(connection);
        List<String> temporary = dialect.dropsOfTemporary(connection);
        try (Statement jdbc = connection.createStatement()) {
            for (String drop : temporary) {
                if (!temporaryBefore.contains(drop)) {
                    jdbc.execute(drop);
                }
            }
            for (String sql : restoring) {
                if (!now.contains(sql)) {
                    jdbc.execute(sql);
                }
            }
        }
        mayDiffer = false;
    }

    /** Restores the settings after a failure. A failure to restore is added as suppressed. */
    public void restoreAfter(Throwable failure) {
        try {
            restore();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
