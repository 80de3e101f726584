package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.execution.StatementFailedException.Aftermath;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: the revision's statements and the change of the version rows. Used once, on one thread.
 *
 * <p>A connection comes in autocommit mode, without a transaction, and is left so. PostgreSQL gets a revision's
 * statements together, in as few round trips as its barriers allow; when one of them fails, the revision is rolled back
 * and its statements are sent one by one in a transaction that is rolled back too, only to find out which it was.
 */
final class StepExecution {

    private final Connection connection;
    private final Dialect dialect;
    private final VersionTable versionTable;
    private final String schema;
    private final MigrationScript script;
    private final Step step;
    private final StepListener listener;
    private final List<SqlStatement> sent = new ArrayList<>();

    /** How many statements that went alone have succeeded. */
    private int done;

    /** Whether each statement goes alone, which tells where a failure is. */
    private boolean singly;

    /** Whether the revision's own transaction is open, or will be with the next statements. */
    private boolean inTransaction;

    /** Held while tables are rebuilt; null as long as none is. */
    private @Nullable SuspendedForeignKeys foreignKeys;

    StepExecution(
            Connection connection,
            Dialect dialect,
            VersionTable versionTable,
            String schema,
            MigrationScript script,
            Step step,
            StepListener listener) {
        this.connection = connection;
        this.dialect = dialect;
        this.versionTable = versionTable;
        this.schema = schema;
        this.script = script;
        this.step = step;
        this.listener = listener;
        this.singly = !dialect.sendsTogether();
    }

    /** Verifies, once the transaction holds its lock, that the step may still run. */
    interface Precondition {
        boolean holds() throws SQLException;
    }

    /**
     * Runs the step.
     *
     * @param stillDue asked inside the transaction, where there is one, before anything runs
     * @return whether it ran; not where {@code stillDue} does not hold
     * @throws StatementFailedException when the database refuses a statement of the revision
     * @throws TransactionControlException for a statement that cannot be part of the revision's transaction
     */
    boolean run(Precondition stillDue) throws SQLException {
        listener.started(step);
        boolean ran;
        try {
            ran = usesOneTransaction() ? runInTransaction(stillDue) : runWithoutTransaction(stillDue);
        } catch (RebuildAhead rebuild) {
            foreignKeys = dialect.suspendForeignKeys(connection);
            try {
                ran = runInTransaction(stillDue);
            } finally {
                foreignKeys.restore();
            }
        }
        if (ran) {
            listener.finished(step);
        }
        return ran;
    }

    /** The statements that were sent, failed ones and those of a replay included. */
    List<SqlStatement> sent() {
        return List.copyOf(sent);
    }

    private boolean usesOneTransaction() {
        return switch (script.transaction()) {
            case PER_REVISION -> true;
            case NONE -> false;
            case AS_WRITTEN -> recordAll().stream().allMatch(s -> s.traits() == Traits.ORDINARY);
        };
    }

    /** All statements of a script that has no barriers, as another tool's files have none. */
    private List<SqlStatement> recordAll() {
        RecordingOperations operations = operations(statements -> {
            throw new IllegalStateException("A file of another tool has no guards.");
        });
        record(operations);
        return operations.takeRecorded();
    }

    private boolean runInTransaction(Precondition stillDue) throws SQLException {
        begin();
        try {
            if (!stillDue.holds()) {
                rollback();
                return false;
            }
            if (foreignKeys != null) {
                foreignKeys.begin();
            }
            runBody();
            if (foreignKeys != null) {
                foreignKeys.check();
            }
            changeVersionRows();
            commit();
            return true;
        } catch (SendFailure failure) {
            rollback();
            throw located(failure);
        } catch (SQLException | RuntimeException e) {
            rollback();
            throw e;
        }
    }

    private boolean runWithoutTransaction(Precondition stillDue) throws SQLException {
        if (!stillDue.holds()) {
            return false;
        }
        singly = true;
        try {
            runBody();
        } catch (SendFailure failure) {
            rollbackAuthorsOwn();
            throw failed(failure.statement, failure.sqlException(), committedSoFar());
        }
        begin();
        try {
            changeVersionRows();
            commit();
        } catch (SQLException e) {
            rollback();
            throw e;
        }
        return true;
    }

    /** What statements that ran outside a transaction of the engine's have left. */
    private Aftermath committedSoFar() {
        boolean opened = false;
        int committed = 0;
        int pending = 0;
        for (SqlStatement statement : sent.subList(0, done)) {
            pending++;
            if (statement.traits() == Traits.BEGINS) {
                opened = true;
            } else if (statement.traits() == Traits.ENDS) {
                opened = false;
            }
            if (!opened) {
                committed += pending;
                pending = 0;
            }
        }
        String position = " The version is still " + versionWords(step.before()) + ".";
        return committed == 0
                ? new Aftermath(true, "Nothing of it remains." + position)
                : new Aftermath(
                        false,
                        "The revision does not run in one transaction: the " + committed
                                + (committed == 1 ? " statement" : " statements")
                                + " before it remain." + position
                                + " Undo them by hand, or make the revision able to run again, then repeat.");
    }

    private StatementFailedException located(SendFailure failure) {
        Aftermath aftermath = new Aftermath(
                true,
                "The revision was rolled back; the version is still " + versionWords(step.before())
                        + ". Correct the statement, then repeat.");
        if (failure.statement != null) {
            return failed(failure.statement, failure.sqlException(), aftermath);
        }
        singly = true;
        try {
            begin();
            runBody();
        } catch (SendFailure again) {
            return failed(again.statement, again.sqlException(), aftermath);
        } catch (SQLException | RuntimeException e) {
            failure.sqlException().addSuppressed(e);
        } finally {
            rollback();
        }
        return failed(
                null,
                failure.sqlException(),
                new Aftermath(
                        true,
                        "The revision was rolled back; the version is still " + versionWords(step.before())
                                + ". The failure is not reproducible: statement by statement it did not show again."));
    }

    private StatementFailedException failed(@Nullable SqlStatement statement, SQLException cause, Aftermath aftermath) {
        return new StatementFailedException(
                script.id(), step.direction(), dialect.title(), statement, cause, aftermath);
    }

    /** A version as words: its rows, or {@code base}. */
    static String versionWords(Set<RevisionId> rows) {
        return rows.isEmpty() ? "base" : rows.stream().map(RevisionId::value).collect(Collectors.joining(", "));
    }

    private void runBody() {
        RecordingOperations operations = operations(this::send);
        record(operations);
        send(operations.takeRecorded());
    }

    private RecordingOperations operations(RecordingOperations.Outlet outlet) {
        return new RecordingOperations(
                dialect, connection, schema, script.revision().origin(), outlet);
    }

    private void record(RecordingOperations operations) {
        if (step.direction() == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
    }

    private void send(List<SqlStatement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        if (statements.stream().anyMatch(s -> s.traits() == Traits.REBUILDS)) {
            sendRebuild(statements);
            return;
        }
        if (inTransaction && script.transaction() == TransactionMode.PER_REVISION) {
            statements.stream()
                    .filter(s -> s.traits() != Traits.ORDINARY)
                    .findFirst()
                    .ifPresent(s -> {
                        throw new TransactionControlException(script.id(), s);
                    });
        }
        sendAll(statements);
    }

    /**
     * Sends a rebuild. Foreign keys cannot be switched off within a transaction: where one is open, all begins again.
     */
    private void sendRebuild(List<SqlStatement> statements) {
        if (inTransaction && foreignKeys == null) {
            throw new RebuildAhead();
        }
        if (inTransaction) {
            sendAll(statements);
            return;
        }
        int before = done;
        try {
            SuspendedForeignKeys own = dialect.suspendForeignKeys(connection);
            try {
                begin();
                own.begin();
                sendAll(statements);
                own.check();
                commit();
            } catch (SQLException | RuntimeException e) {
                // What this transaction sent does not remain.
                done = before;
                throw e;
            } finally {
                rollback();
                own.restore();
            }
        } catch (SQLException e) {
            throw new SendFailure(null, e);
        }
    }

    private void sendAll(List<SqlStatement> statements) {
        if (singly) {
            for (SqlStatement statement : statements) {
                sent.add(statement);
                sendText(statement.text(), statement);
                done++;
            }
        } else {
            sent.addAll(statements);
            sendText(statements.stream().map(SqlStatement::text).collect(Collectors.joining(";\n")), null);
        }
        listener.ran(step, statements);
    }

    private void sendText(String sql, @Nullable SqlStatement statement) {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(sql);
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // Every result is awaited, so that a failure of a later statement shows here.
            }
        } catch (SQLException e) {
            throw new SendFailure(statement, e);
        }
    }

    private void changeVersionRows() throws SQLException {
        for (String sql : versionTable.statements(step.rowChanges())) {
            try (Statement jdbc = connection.createStatement()) {
                int rows = jdbc.executeUpdate(sql);
                if (rows != 1) {
                    throw new VersionRowException(versionTable.name(), sql, rows);
                }
            }
        }
    }

    private void begin() throws SQLException {
        execute(dialect.begin());
        inTransaction = true;
    }

    private void commit() throws SQLException {
        execute("COMMIT");
        inTransaction = false;
    }

    /** Ends the revision's transaction where it is still open; a connection that is gone has none. */
    private void rollback() {
        if (inTransaction) {
            inTransaction = false;
            rollbackAuthorsOwn();
        }
    }

    private void rollbackAuthorsOwn() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // Without a transaction SQLite refuses it, and a lost connection has rolled back by itself.
            if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no transaction")) {
                org.slf4j.LoggerFactory.getLogger(StepExecution.class)
                        .debug("Rollback of {} said: {}", script.id(), e.getMessage());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }

    /** Leaves a revision that has come upon a rebuild, so that it begins again with foreign keys off. */
    private static final class RebuildAhead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Carries what the database said through a migration's own code. */
    private static final class SendFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable SqlStatement statement;

        SendFailure(@Nullable SqlStatement statement, SQLException cause) {
            super(cause);
            this.statement = statement;
        }

        SQLException sqlException() {
            return (SQLException) java.util.Objects.requireNonNull(getCause());
        }
    }
}
