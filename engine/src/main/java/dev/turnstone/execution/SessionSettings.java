package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a revision may change of a connection, and what must not reach the next one, nor who gets the connection from a
 * pool later: settings such as {@code search_path} and {@code PRAGMA foreign_keys}, and temporary tables.
 *
 * <p>It is read only before statements that may change it; most histories hold none. Not thread-safe.
 */
public final class SessionSettings {

    private final Dialect dialect;
    private final Connection connection;
    private List<String> restoring = List.of();
    private List<String> temporaryBefore = List.of();
    private boolean mayDiffer;

    /** Those of a connection, which the caller keeps. */
    public SessionSettings(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** Notes the settings where one of the statements may change them. */
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
     * Sets what has changed as it was. In a run that is one transaction SQLite refuses to be told some settings at all;
     * those have not changed then either.
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

    /** The same after a failure, beside which one of restoring is of no interest. */
    void restoreAfter(Throwable failure) {
        try {
            restore();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
