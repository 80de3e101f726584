package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A transaction that is begun and ended by statements; closing one that is not committed rolls it back.
 *
 * <p>The drivers' own auto-commit flag would begin SQLite's late and without the write lock.
 */
final class Transaction implements AutoCloseable {

    private static final String SAVEPOINT = "turnstone_step";

    private final Connection connection;
    private final String commit;
    private final List<String> rollback;
    private boolean open = true;

    private Transaction(Connection connection, String commit, List<String> rollback) {
        this.connection = connection;
        this.commit = commit;
        this.rollback = rollback;
    }

    private Transaction(Connection connection) {
        this(connection, "COMMIT", List.of("ROLLBACK"));
    }

    static Transaction begin(Connection connection, Dialect dialect, Duration patience) throws SQLException {
        dialect.begin(connection, patience);
        return new Transaction(connection);
    }

    /** One within another, which stays open whatever becomes of this one. */
    static Transaction savepoint(Connection connection) throws SQLException {
        Transaction within = new Transaction(
                connection,
                "RELEASE SAVEPOINT " + SAVEPOINT,
                List.of("ROLLBACK TO SAVEPOINT " + SAVEPOINT, "RELEASE SAVEPOINT " + SAVEPOINT));
        within.execute("SAVEPOINT " + SAVEPOINT);
        return within;
    }

    /** Begins once more after a commit. */
    void again(Dialect dialect, Duration patience) throws SQLException {
        dialect.begin(connection, patience);
        open = true;
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
        execute(commit);
        open = false;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            try {
                for (String sql : rollback) {
                    execute(sql);
                }
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
