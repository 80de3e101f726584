package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * A transaction that is begun and ended by statements; closing one that is not committed rolls it back.
 *
 * <p>The drivers' own auto-commit flag would begin SQLite's late and without the write lock.
 */
final class Transaction implements AutoCloseable {

    private final Connection connection;
    private boolean open = true;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    static Transaction begin(Connection connection, Dialect dialect, Duration patience) throws SQLException {
        dialect.begin(connection, patience);
        return new Transaction(connection);
    }

    /** Takes over a transaction that an author's own statements have begun and left open. */
    static Transaction leftOpen(Connection connection) {
        return new Transaction(connection);
    }

    /** Says that nothing is open any more: the statements inside have ended it. */
    void isEnded() {
        open = false;
    }

    void commit() throws SQLException {
        execute("COMMIT");
        open = false;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            try {
                execute("ROLLBACK");
            } catch (SQLException e) {
                // SQLite has ended some failed transactions by itself, and so has the server of a lost connection.
                LoggerFactory.getLogger(Transaction.class).debug("ROLLBACK said: {}", e.getMessage());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }
}
