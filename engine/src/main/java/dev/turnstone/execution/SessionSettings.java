package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The settings of a connection that a revision may change and that must not reach the next one, nor who gets the
 * connection from a pool later: such as {@code search_path} and {@code PRAGMA foreign_keys}.
 *
 * <p>They are read only before statements that may change them; most histories hold none.
 */
final class SessionSettings {

    private final Dialect dialect;
    private final Connection connection;
    private List<String> restoring = List.of();
    private boolean mayDiffer;

    SessionSettings(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** Notes the settings where one of the statements may change them. */
    void beforeRunning(List<SqlStatement> statements) throws SQLException {
        if (statements.stream().anyMatch(s -> dialect.mayChangeSettings(s.text()))) {
            if (restoring.isEmpty()) {
                restoring = dialect.settingsToRestore(connection);
            }
            mayDiffer = true;
        }
    }

    /**
     * Sets what has changed as it was. In a run that is one transaction SQLite refuses to be told some settings at all;
     * those have not changed then either.
     */
    void restore() throws SQLException {
        if (!mayDiffer) {
            return;
        }
        List<String> now = dialect.settingsToRestore(connection);
        try (Statement jdbc = connection.createStatement()) {
            for (String sql : restoring) {
                if (!now.contains(sql)) {
                    jdbc.execute(sql);
                }
            }
        }
        mayDiffer = false;
    }

    /** The same after a failure, beside which one of restoring is of no interest. */
    void restoreAfter(Throwable failure) {
        try {
            restore();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
