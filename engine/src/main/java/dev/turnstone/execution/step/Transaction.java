package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A transaction that SQL statements begin and end. Closing one that is not committed rolls it back.
 *
 * <p>The autocommit flag of the drivers is not used, because it would begin SQLite's transaction late and without the
 * write lock.
 */
public final class Transaction implements AutoCloseable {

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

    public static Transaction begin(Connection connection, Dialect dialect, Duration timeout) throws SQLException {
        dialect.begin(connection, timeout);
        return new Transaction(connection);
    }

    /** Begins a savepoint within a transaction, which stays open when the savepoint ends. */
    static Transaction savepoint(Connection connection) throws SQLException {
        Transaction within = new Transaction(
                connection,
                "RELEASE SAVEPOINT " + SAVEPOINT,
                List.of("ROLLBACK TO SAVEPOINT " + SAVEPOINT, "RELEASE SAVEPOINT " + SAVEPOINT));
        within.execute("SAVEPOINT " + SAVEPOINT);
        return within;
    }

    /** Begins again after a commit. */
    void again(Dialect dialect, Duration timeout) throws SQLException {
        dialect.begin(connection, timeout);
        open = true;
    }

    /** Takes over a transaction that the author's own statements began and left open. */
    static Transaction leftOpen(Connection connection) {
        return new Transaction(connection);
    }

    /** Records that no transaction is open any more, because the statements inside ended it. */
    void isEnded() {
        open = false;
    }

    public void commit() throws SQLException {
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
                // SQLite itself ends some failed transactions, and so does the server of a lost connection.
                LoggerFactory.getLogger(Transaction.class).debug("ROLLBACK failed: {}", e.getMessage());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }
}
