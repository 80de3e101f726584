package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The timeouts of a run, set on its connection until this object is closed. */
public final class Timeouts implements AutoCloseable {

    private final Connection connection;
    private final List<String> restoring;

    private Timeouts(Connection connection, List<String> restoring) {
        this.connection = connection;
        this.restoring = restoring;
    }

    public static Timeouts set(Connection connection, Dialect dialect, RunOptions options) throws SQLException {
        List<String> statements = dialect.timeoutStatements(options.lockTimeout(), options.statementTimeout());
        if (statements.isEmpty()) {
            return new Timeouts(connection, List.of());
        }
        Timeouts timeouts = new Timeouts(connection, dialect.timeoutsToRestore(connection));
        timeouts.execute(statements);
        return timeouts;
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            for (String sql : statements) {
                jdbc.execute(sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (!restoring.isEmpty() && !connection.isClosed()) {
            execute(restoring);
        }
    }
}
