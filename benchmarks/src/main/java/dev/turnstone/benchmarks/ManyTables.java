package dev.turnstone.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables like those of applications: seven columns, four constraints beside the key, two indexes. */
final class ManyTables {

    /** The tables in one transaction, which holds a lock on each; a server has room for some thousands of locks. */
    private static final int IN_ONE_TRANSACTION = 100;

    private ManyTables() {}

    /** Creates the tables {@code t0} to {@code t<count - 1>}, with statements for both dialects. */
    static void create(Connection connection, int count) throws SQLException {
        inTransactions(connection, count, (statement, i) -> {
            statement.execute("""
                    CREATE TABLE t%1$d (id integer PRIMARY KEY, name text DEFAULT 'x' NOT NULL,
                      made timestamp DEFAULT CURRENT_TIMESTAMP, amount numeric(8, 2) CHECK (amount > 0),
                      mail varchar(90) UNIQUE, up integer REFERENCES t%1$d ON DELETE CASCADE, note text)""".formatted(i));
            statement.execute("CREATE INDEX ix_t%1$d_up ON t%1$d (up)".formatted(i));
            statement.execute("CREATE INDEX ix_t%1$d_name ON t%1$d (lower(name), amount DESC)".formatted(i));
        });
    }

    /** Drops the tables, because one statement cannot drop a schema with thousands of tables. */
    static void drop(Connection connection, int count) throws SQLException {
        inTransactions(connection, count, (statement, i) -> statement.execute("DROP TABLE t" + i));
    }

    private interface ForEach {
        void run(Statement statement, int i) throws SQLException;
    }

    private static void inTransactions(Connection connection, int count, ForEach each) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < count; i++) {
                each.run(statement, i);
                if (i % IN_ONE_TRANSACTION == IN_ONE_TRANSACTION - 1) {
                    connection.commit();
                }
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
