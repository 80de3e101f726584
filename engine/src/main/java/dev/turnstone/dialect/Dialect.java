package dev.turnstone.dialect;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One kind of database. Implementations are stateless and thread-safe; the caller provides and closes connections.
 *
 * <p>The methods that read do not change the connection's transaction, settings and read-only mode.
 */
public interface Dialect {

    /**
     * Returns the name in annotations, options, section markers and findings: {@code sqlite} or {@code postgresql}.
     */
    String name();

    /** Returns the name in messages: {@code SQLite} or {@code PostgreSQL}. */
    String title();

    /** Returns the Maven coordinates, without version, of the JDBC driver, which users add themselves. */
    String driverDependency();

    /** Quotes an identifier; quotes in it are doubled. */
    String quote(String identifier);

    /**
     * Splits SQL into its statements.
     *
     * @throws UnterminatedStatementException if a quote, comment or body is not terminated
     */
    List<SqlStatement> split(SqlText sql);

    /**
     * Renders an operation as statements.
     *
     * @param present only used if the statements depend on the current state of the database
     * @throws UnterminatedStatementException if SQL in the operation contains an unterminated quote, comment or
     *     body
     * @throws CannotRenderException if the dialect does not support the operation, or only with a connection
     */
    List<SqlStatement> render(Operation operation, Present present);

    /** Renders an operation as statements, without a connection. */
    default List<SqlStatement> render(Operation operation) {
        return render(operation, Present.UNKNOWN);
    }

    /**
     * Returns the portable type that this dialect renders as the given catalog type. A type without a portable
     * equivalent, such as an enum, is returned unchanged.
     */
    ColumnType portableType(ColumnType read);

    /**
     * Disables the enforcement of foreign keys for statements that rebuild tables.
     *
     * @param connection without a transaction
     */
    SuspendedForeignKeys suspendForeignKeys(Connection connection) throws SQLException;

    /** Returns the scope in which this connection creates unqualified names. */
    Scope currentScope(Connection connection) throws SQLException;

    /** Returns whether the schema contains a table with that name. */
    boolean hasTable(Connection connection, String schema, String table) throws SQLException;

    /** Returns whether the schema contains an index with that name. */
    boolean hasIndex(Connection connection, String schema, String index) throws SQLException;

    /** Returns whether the schema contains a valid index with that name, which queries can use. */
    default boolean hasValidIndex(Connection connection, String schema, String index) throws SQLException {
        return hasIndex(connection, schema, index);
    }

    /** Returns the names of a table's columns in order; empty if the table does not exist. */
    List<String> columns(Connection connection, String schema, String table) throws SQLException;

    /** Returns the names of a table's indexes; empty if the table does not exist. */
    Set<String> indexes(Connection connection, String schema, String table) throws SQLException;

    /**
     * Returns whether a statement can be sent together with others. The result is false if the driver would split them
     * incorrectly.
     */
    boolean travelsWithOthers(SqlStatement statement);

    /** Returns the statement that begins a step's transaction, for scripts. */
    String beginStatement();

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
     * Why a text reaches outside the database it is sent to, as far as the text itself shows that: another file, or the
     * settings of the whole process. It is asked before a history under test runs.
     *
     * @param sql one statement, or several with a semicolon between them
     * @return a clause such as {@code it attaches the file 'other.db'}; empty if nothing in the text shows it
     */
    default Optional<String> reachesOutside(String sql) {
        return Optional.empty();
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

    /** Returns the program that runs scripts for this dialect. */
    ScriptClient client();

    /**
     * Returns the lock to use while this connection already holds the one of {@link #startLock}. Closing it does not
     * release that lock.
     */
    StartLock lockHeld();

    /**
     * Waits until no other start migrates, and takes the lock.
     *
     * @param connection in autocommit mode
     * @param name the name of the lock, equal for all starts on one database
     * @param timeout how long to wait
     * @throws StartLockTimeoutException if the timeout expires
     */
    StartLock startLock(Connection connection, String name, Duration timeout) throws SQLException;

    /**
     * Excludes other starts from a step without a transaction, if {@link #startLock} does not exclude them already.
     *
     * @param timeout how long to wait
     * @throws StartLockTimeoutException if the timeout expires
     */
    StartLock lockWithoutTransaction(Connection connection, Duration timeout) throws SQLException;

    /** Whether a failure says that the disk of the database, or of its temporary files, is full. */
    default boolean isDiskFull(SQLException failure) {
        return "53100".equals(failure.getSQLState());
    }

    /**
     * The sessions that hold a lock on a table which another session may wait for.
     *
     * @param connection without a transaction
     * @return each with its process, application, user and time, separated by semicolons; empty if the database does not show
     *     them
     */
    default String lockHolders(Connection connection, String schema, String table) throws SQLException {
        return "";
    }

    /** Whether a failure only says that a lock was not given in time. */
    boolean isLockTimeout(SQLException failure);

    /**
     * Returns the statements that set the timeouts of the session; none for a timeout that the database does not
     * support.
     *
     * @param lock how long a statement waits for a lock, or null
     * @param statement how long a statement may run, or null
     */
    List<String> timeoutStatements(@Nullable Duration lock, @Nullable Duration statement);

    /** Returns the statements that set the current timeouts of the session again. */
    List<String> timeoutsToRestore(Connection connection) throws SQLException;

    /**
     * Returns the statements that set the current settings of the session again, for every setting that a revision may
     * change for later ones.
     */
    List<String> settingsToRestore(Connection connection) throws SQLException;

    /**
     * Returns the statements that drop the temporary objects of the session, if {@link #settingsToRestore} does not
     * include them.
     */
    default List<String> dropsOfTemporary(Connection connection) throws SQLException {
        return List.of();
    }

    /** Returns whether a statement may change one of these settings or create a temporary object. */
    boolean mayChangeSettings(String statement);

    /**
     * Returns the database's canonical form of expressions from any dialect. Two expressions with the same canonical
     * form have the same meaning. Expressions that the database cannot parse, or stores unchanged, are missing in the
     * result. Nothing remains in the database.
     *
     * @param connection in autocommit mode, to a database that contains the tables
     * @throws IllegalArgumentException if the connection is in a transaction
     */
    default Map<TableExpression, String> canonical(Connection connection, Collection<TableExpression> expressions)
            throws SQLException {
        return Map.of();
    }

    /**
     * Reads the schema within a scope from one snapshot. The number of queries does not depend on the size of the
     * schema.
     */
    Schema read(Connection connection, Scope scope) throws SQLException;

    /**
     * Returns a tracker that reads a scope repeatedly, as cheaply as the dialect allows and with the same result as
     * {@link #read}.
     *
     * @param connection in autocommit mode; only the tracker uses it, and closes it
     */
    SchemaTracker track(Connection connection, Scope scope) throws SQLException;

    /**
     * Reads the row count and the digest of each table of a scope. Sequences are not rows.
     *
     * @return by table; tables without rows are missing
     */
    SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException;

    /**
     * Returns whether the server rejected a statement only because of the transaction around it: SQLSTATE
     * {@code active_sql_transaction} (25001) or {@code unsafe_new_enum_value_usage} (55P04) of PostgreSQL.
     */
    static boolean isRefusedInTransaction(SQLException refusal) {
        return Set.of("25001", "55P04").contains(String.valueOf(refusal.getSQLState()));
    }

    /**
     * Returns the dialect of a connection, by the product name of its driver.
     *
     * @throws UnsupportedDatabaseException if the database is neither SQLite nor PostgreSQL
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "SQLite" -> SqliteDialect.INSTANCE;
            case "PostgreSQL" -> PostgresDialect.INSTANCE;
            default -> throw new UnsupportedDatabaseException(product);
        };
    }

    /**
     * Returns the dialect with that name.
     *
     * @param name {@code sqlite} or {@code postgresql}
     * @throws UnsupportedDatabaseException if no dialect has that name
     */
    static Dialect named(String name) {
        return switch (name) {
            case "sqlite" -> SqliteDialect.INSTANCE;
            case "postgresql" -> PostgresDialect.INSTANCE;
            default -> throw new UnsupportedDatabaseException(name);
        };
    }
}
