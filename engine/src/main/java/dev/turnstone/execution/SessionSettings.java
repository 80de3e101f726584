package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The settings of a connection that a revision may change and that must not reach the next one, such as {@code
 * search_path} and {@code PRAGMA foreign_keys}.
 */
final class SessionSettings {

    private final Dialect dialect;
    private final Connection connection;
    private final List<String> restoring;

    private SessionSettings(Dialect dialect, Connection connection, List<String> restoring) {
        this.dialect = dialect;
        this.connection = connection;
        this.restoring = restoring;
    }

    static SessionSettings of(Dialect dialect, Connection connection) throws SQLException {
        return new SessionSettings(dialect, connection, dialect.settingsToRestore(connection));
    }

    /** Sets everything as it was, where one of the statements may have changed it. */
    void restoreAfter(List<SqlStatement> statements) {
        if (statements.stream().noneMatch(s -> dialect.mayChangeSettings(s.text()))) {
            return;
        }
        try (Statement jdbc = connection.createStatement()) {
            for (String sql : restoring) {
                jdbc.execute(sql);
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(SessionSettings.class)
                    .warn("Could not restore the settings of the connection: {}", e.getMessage());
        }
    }
}
