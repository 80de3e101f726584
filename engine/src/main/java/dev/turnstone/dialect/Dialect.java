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
 * One kind of database. Implementations are stateless and thread-safe; connections are the caller's.
 *
 * <p>The methods that read leave the connection as they found it: its transaction, its settings and its read-only mode.
 */
public interface Dialect {

    /** The name in annotations, options, section markers and findings: {@code sqlite} or {@code postgresql}. */
    String name();

    /** The name for people: {@code SQLite} or {@code PostgreSQL}. */
    String title();

    /** The Maven coordinates, without version, of the JDBC driver that users add. */
    String driverDependency();

    /** Quotes an identifier; quotes within it are doubled. */
    String quote(String identifier);

    /**
     * Splits SQL into its statements.
     *
     * @throws UnterminatedStatementException when a quote, comment or body has no end
     */
    List<SqlStatement> split(SqlText sql);

    /**
     * Spells an operation in statements.
     *
     * @param present asked only where the statements depend on what is there
     * @throws UnterminatedStatementException when SQL of the author's has no end
     * @throws CannotRenderException when the dialect cannot do it, or not without a connection
     */
    List<SqlStatement> render(Operation operation, Present present);

    /** Spells an operation in statements, without a connection. */
    default List<SqlStatement> render(Operation operation) {
        return render(operation, Present.UNKNOWN);
    }

    /**
     * The portable type of a column's type as the catalog spells it: the one that this dialect spells in the same way. A
     * type for which there is none, such as an enum's, comes back as it is.
     */
    ColumnType portableType(ColumnType read);

    /**
     * Keeps the database from acting on foreign keys, for statements that rebuild tables.
     *
     * @param connection without a transaction
     */
    SuspendedForeignKeys suspendForeignKeys(Connection connection) throws SQLException;

    /** The scope in which unqualified names are made on this connection. */
    Scope currentScope(Connection connection) throws SQLException;

    /** Whether the schema holds a table of that name. */
    boolean hasTable(Connection connection, String schema, String table) throws SQLException;

    /** Whether the schema holds an index of that name. */
    boolean hasIndex(Connection connection, String schema, String index) throws SQLException;

    /** The same for one that serves queries. */
    default boolean hasValidIndex(Connection connection, String schema, String index) throws SQLException {
        return hasIndex(connection, schema, index);
    }

    /** The names of a table's columns in order; empty where there is no such table. */
    List<String> columns(Connection connection, String schema, String table) throws SQLException;

    /** The names of a table's indexes; empty where there is no such table. */
    Set<String> indexes(Connection connection, String schema, String table) throws SQLException;

    /** Whether a statement may be sent together with others; where not, a driver would not split them rightly. */
    boolean travelsWithOthers(SqlStatement statement);

    /** The statement that begins a step's transaction, for scripts. */
    String beginStatement();

    /**
     * Begins a step's transaction.
     *
     * @param connection in autocommit mode
     * @param patience how long to wait where another start is in the middle of one
     * @throws StartLockTimeoutException when that time is over
     */
    void begin(Connection connection, Duration patience) throws SQLException;

    /**
     * Runs one statement, with its data where it has some, and waits for all of its results.
     *
     * @throws SQLException when the database refuses it
     */
    default void execute(Connection connection, SqlStatement statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(statement.text());
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // A later result can be the failure.
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
     * @param statement is about to run
     */
    default void clearHalfMade(Connection connection, SqlStatement statement) throws SQLException {}

    /** The program that runs scripts on a database of this kind. */
    ScriptClient client();

    /** What {@link #startLock} gives, where this connection holds the lock already; closing it gives nothing up. */
    StartLock lockHeld();

    /**
     * Waits until no other start migrates.
     *
     * @param connection in autocommit mode
     * @param name the same for all that migrate one database
     * @param patience how long to wait
     * @throws StartLockTimeoutException when that time is over
     */
    StartLock startLock(Connection connection, String name, Duration patience) throws SQLException;

    /**
     * Keeps other starts out of a step that has no transaction, where {@link #startLock} does not do so already.
     *
     * @param patience how long to wait
     * @throws StartLockTimeoutException when that time is over
     */
    StartLock lockWithoutTransaction(Connection connection, Duration patience) throws SQLException;

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
     * Statements that limit how long the session waits and runs; none for what the database has no limit for.
     *
     * @param lock how long a statement waits for a lock, or null
     * @param statement how long a statement runs, or null
     */
    List<String> timeoutStatements(@Nullable Duration lock, @Nullable Duration statement);

    /** Statements that set the session's time-outs as they are now. */
    List<String> timeoutsToRestore(Connection connection) throws SQLException;

    /** Statements that set the session as it is now, in everything that a revision may change for those after it. */
    List<String> settingsToRestore(Connection connection) throws SQLException;

    /** Statements that drop what is temporary in the session, where {@link #settingsToRestore} cannot say it. */
    default List<String> dropsOfTemporary(Connection connection) throws SQLException {
        return List.of();
    }

    /** Whether a statement may change one of those settings, or make something temporary. */
    boolean mayChangeSettings(String statement);

    /**
     * How the database itself spells expressions, written in whichever dialect: two that it spells alike mean the same to
     * it. What it cannot read, or keeps as it was written, is not in the answer. Nothing stays in the database.
     *
     * @param connection in autocommit mode, to a database that has the tables
     * @throws IllegalArgumentException when the connection is in a transaction
     */
    default Map<TableExpression, String> canonical(Connection connection, Collection<TableExpression> expressions)
            throws SQLException {
        return Map.of();
    }

    /** Reads everything within a scope, in one consistent look and a number of queries that does not grow with it. */
    Schema read(Connection connection, Scope scope) throws SQLException;

    /**
     * Reads a scope again and again, in the way that costs least here and is as exact as {@link #read}.
     *
     * @param connection in autocommit mode; used by nothing else, and closed with the tracker
     */
    SchemaTracker track(Connection connection, Scope scope) throws SQLException;

    /**
     * Reads what the tables of a scope hold, in short. Sequences are not rows.
     *
     * @return by table; tables without rows are left out
     */
    SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException;

    /**
     * Whether the server refused a statement only for the transaction around it: {@code active_sql_transaction} or {@code
     * unsafe_new_enum_value_usage} of PostgreSQL.
     */
    static boolean isRefusedInTransaction(SQLException refusal) {
        return Set.of("25001", "55P04").contains(String.valueOf(refusal.getSQLState()));
    }

    /**
     * The dialect of a connection, by the product name that its driver gives.
     *
     * @throws UnsupportedDatabaseException when it is neither SQLite nor PostgreSQL
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
     * The dialect of that name.
     *
     * @param name {@code sqlite} or {@code postgresql}
     * @throws UnsupportedDatabaseException when there is none of that name
     */
    static Dialect named(String name) {
        return switch (name) {
            case "sqlite" -> SqliteDialect.INSTANCE;
            case "postgresql" -> PostgresDialect.INSTANCE;
            default -> throw new UnsupportedDatabaseException(name);
        };
    }
}
