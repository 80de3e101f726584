package dev.turnstone.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * One kind of database, composed of its roles. {@link Dialects} finds the implementations; the caller provides and
 * closes connections.
 *
 * <p>An implementation needs a public constructor without parameters, and an entry in {@code
 * META-INF/services/dev.turnstone.dialect.Dialect} of its JAR.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface Dialect
        extends SqlRenderer,
                SqlSplitter,
                SchemaReader,
                MigrationLock,
                SessionSettings,
                FailureKinds,
                DialectCapabilities {

    /**
     * Returns the name in annotations, options, section markers, JDBC URLs and findings, in lower case: {@code sqlite},
     * {@code postgresql}.
     */
    String name();

    /** Returns the name in messages: {@code SQLite}, {@code PostgreSQL}. */
    String title();

    /** Returns the Maven coordinates, without version, of the JDBC driver, which users add themselves. */
    String driverDependency();

    /**
     * Begins a step's transaction.
     *
     * @param connection in autocommit mode
     * @param timeout how long to wait for the transaction of another start
     * @throws StartLockTimeoutException if the timeout expires
     */
    void begin(Connection connection, Duration timeout) throws SQLException;

    /**
     * Runs one statement, with its COPY data if it has any, and waits for all its results.
     *
     * @throws SQLException if the database rejects the statement
     */
    default void execute(Connection connection, SqlStatement statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(statement.text());
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // A later result can contain the failure.
            }
        }
    }

    /**
     * The same connection, on which nothing that is sent reaches a file outside of a directory. It is for databases
     * under test; the engine itself never confines the connections that it is given.
     *
     * @param connection fresh from the driver
     * @param directory the real path of the directory that holds the database's file
     * @return throws {@link OutsideStatementException} in place of running such a statement; {@code connection} itself
     *     on a dialect whose server keeps the files
     * @throws SQLException when the driver cannot confine it; the caller closes {@code connection}
     */
    default Connection confined(Connection connection, Path directory) throws SQLException {
        return connection;
    }

    /**
     * Removes what a statement has left half made when a run was cut off in the middle of it, and what would be taken for
     * the whole now: PostgreSQL's invalid index, where the statement makes that index concurrently.
     *
     * @param connection without a transaction
     * @param statement the statement that will run next
     */
    default void clearHalfMade(Connection connection, SqlStatement statement) throws SQLException {}

    /**
     * Returns the names under which JDBC drivers report databases that this dialect supports.
     *
     * @return values of {@link java.sql.DatabaseMetaData#getDatabaseProductName}; no other dialect has them
     */
    Set<String> productNames();

    /** Returns the schemes of the database's URLs in lower case, without {@code jdbc:} and without a driver. */
    default Set<String> urlSchemes() {
        return Set.of(name());
    }

    /** Returns a JDBC URL that the driver of the dialect accepts and other drivers reject. */
    default String driverProbe() {
        return "jdbc:" + name() + ":";
    }
}
