package dev.turnstone.scenario.locks;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.scenario.cursor.LastingStatements;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Observes a tool that runs a step on PostgreSQL. After each statement it reads the locks on the tool's own connection,
 * before the transaction ends.
 *
 * <p>A text with several statements is sent statement by statement. A statement outside of a transaction gets its own
 * transaction, as on the server. For a statement that cannot run in a transaction, a {@linkplain BlockedWriter writer}
 * locks the tables first. Used by one thread; a step uses one connection.
 */
final class LockWatch implements ObservedDatabase.StatementObserver, AutoCloseable {

    private static final Pattern SETS =
            Pattern.compile("^\\s*(SET|RESET|SHOW|BEGIN|START|SAVEPOINT|RELEASE|DISCARD)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDS =
            Pattern.compile("^\\s*(COMMIT|END|ROLLBACK|ABORT)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMITS = Pattern.compile("^\\s*(COMMIT|END)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern READS = Pattern.compile("^\\s*(SELECT|VALUES|EXPLAIN)\\b", Pattern.CASE_INSENSITIVE);

    /** Statements that may end transactions themselves, and therefore cannot run inside one. */
    private static final Pattern MAY_COMMIT = Pattern.compile("^\\s*(DO|CALL)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern FULL_SCAN =
            Pattern.compile("Seq Scan on (?:\"?[^\"\\s]+\"?\\.)?(?:\"([^\"]+)\"|(\\S+))");

    private final Dialect dialect;
    private final TestDatabase database;
    private final @Nullable Duration lockTimeout;
    private final List<LockHazard> hazards = new ArrayList<>();
    private LastingStatements statements = new LastingStatements();
    private @Nullable LockableRelations relations;
    private @Nullable SecondSession second;
    private @Nullable LockedTransaction transaction;
    private @Nullable LockSample beforeCommit;
    private @Nullable LockSample alone;
    private @Nullable BlockedWriter writer;
    private boolean wrapped;
    private long begun;

    /** The time in nanoseconds that the observation took, which is not part of the tool's time. */
    private long looked;

    /**
     * Creates an observer of one database.
     *
     * @param database the database that the tool migrates
     * @param lockTimeout the {@code lock_timeout} of each session of the tool; null for the server's default
     */
    LockWatch(TestDatabase database, @Nullable Duration lockTimeout) {
        this.dialect = database.dialect();
        this.database = database;
        this.lockTimeout = lockTimeout;
    }

    @Override
    public void opened(Connection connection) throws SQLException {
        if (lockTimeout != null) {
            execute(connection, "SET lock_timeout = " + lockTimeout.toMillis());
        }
    }

    /**
     * Observes a step.
     *
     * @param there the relations that existed before the step
     * @param step the step to run
     * @return the result of the step
     */
    <T> T during(LockableRelations there, Supplier<T> step) {
        hazards.clear();
        statements = new LastingStatements();
        transaction = null;
        relations = there;
        try {
            return step.get();
        } finally {
            relations = null;
        }
    }

    /** Returns the hazards of the last step. */
    List<LockHazard> hazards() {
        return List.copyOf(hazards);
    }

    @Override
    public List<String> singly(Connection connection, String sql) {
        // A tool reads the result of each statement on its version rows, and these statements make no other session
        // wait.
        if (relations == null
                || !statements.inTransaction()
                || VersionTable.USUAL_TABLES.stream().anyMatch(sql::contains)) {
            return List.of(sql);
        }
        List<SqlStatement> split = split(sql);
        return split.size() < 2 || split.stream().anyMatch(s -> s.copyData() != null)
                ? List.of(sql)
                : split.stream().map(SqlStatement::text).toList();
    }

    private List<SqlStatement> split(String sql) {
        try {
            return dialect.split(new SqlText(sql, Location.of("statement")));
        } catch (UnterminatedStatementException e) {
            // The server reports the syntax error.
            return List.of();
        }
    }

    /** Returns the time in nanoseconds without the time of the observation. */
    private long time() {
        return System.nanoTime() - looked;
    }

    @Override
    public void before(Connection connection, String sql) throws SQLException {
        long from = System.nanoTime();
        look(connection, sql);
        looked += System.nanoTime() - from;
        begun = time();
    }

    private void look(Connection connection, String sql) throws SQLException {
        LockableRelations there = relations;
        if (there == null || SETS.matcher(sql).find()) {
            return;
        }
        if (ENDS.matcher(sql).find()) {
            beforeCommit =
                    COMMITS.matcher(sql).find() && transaction != null ? LockSample.take(connection, there) : null;
            return;
        }
        boolean open = statements.inTransaction();
        if (!open && READS.matcher(sql).find()) {
            return;
        }
        if (!open && !fitsTransaction(sql)) {
            alone = LockSample.take(connection, there);
            writer = BlockedWriter.begin(database, pid(connection), there).orElse(null);
            return;
        }
        if (!open) {
            execute(connection, "BEGIN");
            wrapped = true;
        }
        if (transaction == null || wrapped) {
            transaction = new LockedTransaction(
                    there,
                    LockSample.take(connection, there),
                    relation -> second().tries(relation),
                    statement -> fullyRead(connection, statement));
        }
    }

    private boolean fitsTransaction(String sql) {
        List<SqlStatement> split = split(sql);
        return split.size() == 1
                && split.get(0).traits() != Traits.NEEDS_AUTOCOMMIT
                && !MAY_COMMIT.matcher(sql).find();
    }

    private SecondSession second() throws SQLException {
        if (second == null) {
            second = new SecondSession(database);
        }
        return second;
    }

    @Override
    public void after(Connection connection, String sql) throws SQLException {
        long end = time();
        long from = System.nanoTime();
        judge(connection, sql, end);
        looked += System.nanoTime() - from;
    }

    private void judge(Connection connection, String sql, long end) throws SQLException {
        LockableRelations there = relations;
        if (there == null) {
            return;
        }
        statements.lasts(sql);
        LockSample before = alone;
        if (before != null) {
            Map<Long, LockMode> wanted = letPass();
            hazards.addAll(LockedTransaction.ranAlone(
                    SaferStatement.onOneLine(sql), there, before, LockSample.take(connection, there), wanted));
        } else if (ENDS.matcher(sql).find()) {
            if (!statements.inTransaction()) {
                if (transaction != null && beforeCommit != null) {
                    hazards.addAll(transaction.committed(beforeCommit, end));
                }
                transaction = null;
            }
        } else if (transaction != null && !SETS.matcher(sql).find()) {
            LockSample now = LockSample.take(connection, there);
            transaction.ran(sql, begun, now);
            if (wrapped) {
                wrapped = false;
                LockedTransaction own = transaction;
                transaction = null;
                execute(connection, "COMMIT");
                hazards.addAll(own.committed(now, end));
            }
        }
    }

    private Map<Long, LockMode> letPass() {
        Map<Long, LockMode> wanted = writer == null ? Map.of() : writer.end();
        writer = null;
        alone = null;
        return wanted;
    }

    @Override
    public void failed(Connection connection, String sql) throws SQLException {
        letPass();
        if (wrapped) {
            wrapped = false;
            transaction = null;
            execute(connection, "ROLLBACK");
        }
    }

    /**
     * Returns the tables that a statement reads completely even with {@code enable_seqscan} off, when the planner
     * prefers any index. A small table is always read completely, so an observed scan alone proves nothing.
     */
    private static Set<String> fullyRead(Connection connection, String sql) throws SQLException {
        Set<String> tables = new HashSet<>();
        execute(connection, "SAVEPOINT turnstone_plan");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_seqscan = off");
            try (ResultSet plan = statement.executeQuery("EXPLAIN (COSTS OFF) " + sql)) {
                while (plan.next()) {
                    Matcher scan = FULL_SCAN.matcher(plan.getString(1));
                    if (scan.find()) {
                        tables.add(scan.group(1) == null ? scan.group(2) : scan.group(1));
                    }
                }
            }
        } catch (SQLException e) {
            // A statement with parameters has no plan without their values; it is assumed to use an index.
            org.slf4j.LoggerFactory.getLogger(LockWatch.class).debug("No plan for {}: {}", sql, e.getMessage());
        } finally {
            execute(connection, "ROLLBACK TO SAVEPOINT turnstone_plan");
            execute(connection, "RELEASE SAVEPOINT turnstone_plan");
        }
        return tables;
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try (SecondSession open = second) {
            second = null;
        } catch (SQLException e) {
            throw new DatabaseException("close a connection to the test database", e);
        }
    }
}
