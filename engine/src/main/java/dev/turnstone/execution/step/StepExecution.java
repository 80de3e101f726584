package dev.turnstone.execution.step;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.ConnectionLostException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.MigrationCodeException;
import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.execution.StepHook;
import dev.turnstone.execution.StepHookException;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.execution.Transactions;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.PlannedSql;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: the revision's statements and the change of the version rows. Used on one thread. It can run again
 * after a failure that left nothing behind.
 *
 * <p>The connection is in autocommit mode, without a transaction or in that of the whole run, and is always left in
 * that state. On PostgreSQL the statements of a revision are sent together, in as few round trips as its barriers
 * allow. If one of them fails, the revision is rolled back, and its statements are sent one by one in another
 * transaction, which is also rolled back, only to identify the failed statement.
 */
public final class StepExecution implements LockAttempts.Attempt<Boolean> {

    private final RunContext context;
    private final Connection connection;
    private final Dialect dialect;
    private final MigrationScript script;
    private final Step step;
    private final Precondition stillDue;
    private final StepNotifications notifications;
    private final PreconditionCheck preconditions;
    private final StepFailures failures;

    /** Held while the transaction rebuilds tables; null until a rebuild is known. */
    private @Nullable SuspendedForeignKeys foreignKeys;

    /** Whether no other start can run the step while it is outside of its transaction. */
    private boolean alone;

    private boolean hasLeftNothing = true;
    private boolean readsRowsAfter;
    private @Nullable Set<RevisionId> rowsAfter;

    /** @param stillDue checked before anything runs, within the transaction if there is one */
    public StepExecution(RunContext context, MigrationScript script, Step step, Precondition stillDue) {
        this.context = context;
        this.connection = context.connection();
        this.dialect = context.dialect();
        this.script = script;
        this.step = step;
        this.stillDue = stillDue;
        this.notifications = new StepNotifications(context.listener(), step);
        this.preconditions = new PreconditionCheck(connection, dialect, script, step, notifications);
        this.failures = new StepFailures(script, step, dialect, context.ofRun());
        this.alone = context.alone();
    }

    /** Checks whether the step may still run, after the transaction acquired its lock. */
    public interface Precondition {
        boolean holds() throws SQLException;
    }

    /**
     * Runs the step.
     *
     * @return whether it ran; false if it is no longer due
     * @throws StatementFailedException if the database rejects a statement of the revision
     * @throws TransactionControlException for a statement that cannot run in the revision's transaction
     * @throws PreconditionFailedException if a precondition fails and requires the run to end
     * @throws MigrationCodeException if the migration's own code fails
     * @throws ConnectionLostException if the connection is lost
     */
    @Override
    public Boolean run() throws SQLException {
        notifications.again();
        hasLeftNothing = true;
        rowsAfter = null;
        try {
            return usesOneTransaction() ? runInTransactionIfPossible() : runWithoutTransaction();
        } catch (SQLException e) {
            if (ConnectionLostException.isConnectionLoss(e)) {
                throw failures.lost(e, StateLeftBehind.notBegun(step.before()).message());
            }
            throw e;
        }
    }

    @Override
    public boolean hasLeftNothing() {
        return hasLeftNothing;
    }

    /** Makes the step read the version rows that it leaves, if that needs no additional round trip. */
    public void readRowsAfter() {
        readsRowsAfter = true;
    }

    /** Returns the version rows after the step; null if they were not read. */
    public @Nullable Set<RevisionId> rowsAfter() {
        return rowsAfter;
    }

    private boolean usesOneTransaction() {
        if (context.options().transactions() == Transactions.NONE) {
            return false;
        }
        return switch (mode()) {
            case PER_REVISION -> true;
            case NONE -> false;
            case AS_WRITTEN -> recordAll().stream().allMatch(s -> s.traits().fitsTransaction());
        };
    }

    private TransactionMode mode() {
        return script.transaction(step.direction(), dialect.name());
    }

    /** Returns all statements of a script without barriers. The files of other tools have none. */
    private List<SqlStatement> recordAll() {
        RecordingOperations operations = operations(statements -> {
            throw new IllegalStateException("A file of another tool must not have guards.");
        });
        record(operations);
        return operations.takeRecorded();
    }

    /**
     * Runs in one transaction. The file of another tool is run without one if the server requires this, for example for
     * an enum value that is used in the transaction that added it.
     */
    private boolean runInTransactionIfPossible() throws SQLException {
        try {
            return runInPreparedTransaction();
        } catch (StatementFailedException failure) {
            if (mode() != TransactionMode.AS_WRITTEN
                    || context.ofRun() != null
                    || !(failure.getCause() instanceof SQLException cause)
                    || !dialect.isRefusedInTransaction(cause)) {
                throw failure;
            }
            notifications.again();
            return runWithoutTransaction();
        }
    }

    private boolean runInPreparedTransaction() throws SQLException {
        boolean leaves = !alone
                && script.migration() instanceof PlannedSql planned
                && planned.leavesTransaction(step.direction(), dialect.name());
        if (leaves) {
            return runWithoutOthers();
        }
        try {
            return runInTransaction();
        } catch (RestartException.RebuildAhead rebuild) {
            if (context.ofRun() != null) {
                throw rebuild;
            }
            return runWithoutForeignKeys();
        } catch (RestartException.OutsideAhead outside) {
            // A Java migration may rebuild tables after the statements outside of the transaction, when a restart is
            // no longer possible.
            return runWithoutOthersNorForeignKeys();
        }
    }

    private boolean runWithoutOthers() throws SQLException {
        try (StartLock lock = dialect.lockWithoutTransaction(connection, context.patience())) {
            alone = true;
            return runInTransaction();
        }
    }

    private boolean runWithoutOthersNorForeignKeys() throws SQLException {
        try (StartLock lock = dialect.lockWithoutTransaction(connection, context.patience())) {
            alone = true;
            return runWithoutForeignKeys();
        }
    }

    /** Runs again from the start, because foreign keys cannot be disabled within a transaction. */
    private boolean runWithoutForeignKeys() throws SQLException {
        notifications.again();
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        foreignKeys = suspended;
        try {
            return runInTransaction();
        } catch (RestartException.OutsideAhead outside) {
            try (StartLock lock = dialect.lockWithoutTransaction(connection, context.patience())) {
                alone = true;
                notifications.again();
                return runInTransaction();
            }
        } finally {
            foreignKeys = null;
            suspended.restore();
        }
    }

    private boolean runInTransaction() throws SQLException {
        SuspendedForeignKeys suspended = foreignKeys;
        try (Transaction transaction = context.begin()) {
            StatementSender sender =
                    StatementSender.together(connection, dialect, this::rebuildWithinTransaction, gapIn(transaction));
            if (!stillDue.holds()) {
                return false;
            }
            notifications.started();
            if (suspended != null) {
                suspended.begin();
            }
            try {
                callHook("before", () -> failures.rolledBack("Correct the hook, then repeat."));
                runBody(sender, true, () -> failures.rolledBack(sender, StepFailures.REPEAT), notifications::ran);
                sender.endInTransaction();
                if (suspended != null) {
                    suspended.check();
                }
                changeVersionRows(() -> failures.rolledBack(sender, StepFailures.CHECK_VERSION));
                callHook("after", () -> failures.rolledBack(sender, "Correct the hook, then repeat."));
                commit(
                        transaction,
                        () -> failures.rolledBack(sender, StepFailures.DEFERRED),
                        () -> failures.lostAtEnd(sender));
                return true;
            } catch (SendFailure failure) {
                hasLeftNothing = sender.lasting().isEmpty();
                transaction.close();
                throw identified(failure, sender);
            } catch (DatabaseException e) {
                hasLeftNothing = sender.lasting().isEmpty();
                throw failures.lostIfSo(e, e.sqlException(), failures.lostWithin(sender));
            } catch (TurnstoneException e) {
                hasLeftNothing = sender.lasting().isEmpty();
                throw e;
            }
        }
    }

    /** Returns how statements outside of the transaction end and restart it. */
    private StatementSender.Gap gapIn(Transaction transaction) {
        return new StatementSender.Gap() {
            @Override
            public void leave(StatementSender sender) throws SQLException {
                if (context.ofRun() != null) {
                    throw TransactionControlException.outsideInRun(
                            script.id(), context.ofRun().rowsAtStart());
                }
                if (!alone) {
                    throw new RestartException.OutsideAhead();
                }
                if (foreignKeys != null) {
                    foreignKeys.check();
                }
                commit(
                        transaction,
                        () -> failures.rolledBack(sender, StepFailures.DEFERRED),
                        () -> failures.lostAtGap(sender));
            }

            @Override
            public void enter() throws SQLException {
                transaction.again(dialect, context.patience());
            }
        };
    }

    private void rebuildWithinTransaction(Runnable send) {
        boolean suspendedByRun = context.ofRun() != null && context.ofRun().suspendedForeignKeys();
        if (foreignKeys == null && !suspendedByRun) {
            throw new RestartException.RebuildAhead();
        }
        send.run();
    }

    private void rebuildInOwnTransaction(Runnable send) throws SQLException {
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        try (Transaction transaction = context.begin()) {
            suspended.begin();
            send.run();
            suspended.check();
            transaction.commit();
        } finally {
            suspended.restore();
        }
    }

    private void commit(Transaction transaction, Supplier<StateLeftBehind> ifRefused, Supplier<String> ifLost) {
        try {
            transaction.commit();
        } catch (SQLException e) {
            if (ConnectionLostException.isConnectionLoss(e)) {
                throw failures.lost(e, ifLost.get());
            }
            throw failures.ofStatement(null, e, ifRefused.get());
        }
    }

    private boolean runWithoutTransaction() throws SQLException {
        if (context.ofRun() != null) {
            throw TransactionControlException.outsideInRun(
                    script.id(), context.ofRun().rowsAtStart());
        }
        try (StartLock lock = dialect.lockWithoutTransaction(connection, context.patience())) {
            return holdsInTransaction() && runAlone();
        }
    }

    /**
     * Checks the precondition in a transaction, so that the version table and the checksum table are created together
     * or not at all.
     */
    private boolean holdsInTransaction() throws SQLException {
        try (Transaction transaction = context.begin()) {
            boolean holds = stillDue.holds();
            transaction.commit();
            return holds;
        }
    }

    private boolean runAlone() {
        notifications.started();
        StatementSender sender = StatementSender.alone(connection, dialect, this::rebuildInOwnTransaction);
        boolean clears = script.format() == Format.TURNSTONE;
        if (clears) {
            sender.clearsHalfMade();
        }
        try (Transaction authorsOwn = Transaction.leftOpen(connection)) {
            callHook("before", () -> failures.committed(sender, "Correct the hook, then repeat."));
            runBody(
                    sender,
                    false,
                    () -> failures.committed(sender, "Correct the code, then repeat."),
                    notifications::ran);
            recordAsDone(sender, authorsOwn);
            return true;
        } catch (SendFailure failure) {
            hasLeftNothing = clears && !sender.hasSent();
            throw failures.withoutTransaction(failure, sender);
        } catch (DatabaseException e) {
            hasLeftNothing = !sender.hasSent();
            throw failures.lostIfSo(
                    e, e.sqlException(), failures.cut(sender, null).message());
        } catch (TurnstoneException e) {
            hasLeftNothing = !sender.hasSent();
            throw e;
        }
    }

    /** Writes the version row after the committed statements. If that fails, the revision ran but is not recorded. */
    private void recordAsDone(StatementSender sender, Transaction authorsOwn) {
        StateLeftBehind done = StateLeftBehind.doneButNotRecorded(step.before(), step.after());
        try {
            if (sender.leftTransactionOpen()) {
                changeVersionRows(() -> failures.committed(sender, StepFailures.CHECK_VERSION));
                callHook("after", () -> failures.committed(sender, StepFailures.CHECK_VERSION));
                authorsOwn.commit();
                return;
            }
            try (Transaction transaction = context.begin()) {
                changeVersionRows(() -> done);
                callHook("after", () -> done);
                transaction.commit();
            }
            authorsOwn.isEnded();
        } catch (SQLException e) {
            throw ConnectionLostException.isConnectionLoss(e)
                    ? failures.lost(e, done.message())
                    : new DatabaseException("commit the version of revision " + script.id(), e, done.message());
        } catch (DatabaseException e) {
            throw failures.lostIfSo(e, e.sqlException(), done.message());
        }
    }

    /** Identifies the failed statement if several were sent together. The step was rolled back before. */
    private TurnstoneException identified(SendFailure failure, StatementSender sender) {
        SQLException cause = failure.sqlException();
        if (ConnectionLostException.isConnectionLoss(cause)
                || failure.statement() != null
                || !sender.lasting().isEmpty()) {
            return failures.inTransaction(failure, sender);
        }
        StatementSender.Gap end = new StatementSender.Gap() {
            @Override
            public void leave(StatementSender sender) {
                throw new IllegalStateException("The failed statement precedes the end of the transaction.");
            }

            @Override
            public void enter() {}
        };
        try (Transaction replay = context.begin()) {
            StatementSender again = StatementSender.singly(connection, dialect, this::rebuildWithinTransaction, end);
            runBody(again, true, () -> failures.rolledBack(StepFailures.REPEAT), statements -> {});
        } catch (SendFailure alone) {
            return failures.ofStatement(
                    alone.statement(), alone.sqlException(), failures.rolledBack(StepFailures.REPEAT));
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
        return failures.ofStatement(
                null,
                cause,
                failures.rolledBack("The failure is not reproducible: sent one by one, all statements succeeded"
                        + " (and were rolled back). It may depend on data, on other sessions or on a sequence."
                        + " Repeat."));
    }

    /**
     * Runs the body.
     *
     * @param withinTransaction whether a transaction is open around it
     * @param stateLeft the state that a failure of the migration's own code leaves behind
     */
    private void runBody(
            StatementSender sender,
            boolean withinTransaction,
            Supplier<StateLeftBehind> stateLeft,
            RecordingOperations.Outlet listener) {
        RecordingOperations.Outlet outlet = statements -> {
            check(statements);
            readSettings(statements);
            sender.send(statements);
            listener.send(statements);
        };
        Supplier<StateLeftBehind> ended = () -> withinTransaction
                ? failures.rolledBack(PreconditionCheck.NEXT)
                : failures.committed(sender, PreconditionCheck.NEXT);
        if (!preconditions.allows(withinTransaction, ended)) {
            return;
        }
        RecordingOperations operations = operations(outlet);
        try {
            record(operations);
        } catch (CannotRenderException e) {
            sender.throwFailure();
            throw sender.hasSent() ? e.after(stateLeft.get().message()) : e;
        } catch (TurnstoneException | RestartException e) {
            sender.throwFailure();
            throw e;
        } catch (RuntimeException e) {
            // The database's own words count more than what a migration makes of them.
            sender.throwFailure();
            if (script.checksum() != null) {
                // A file of SQL has no code of its own that could fail: this is a defect of Turnstone.
                throw e;
            }
            throw new MigrationCodeException(script.revision(), step.direction(), stateLeft.get(), e);
        }
        sender.throwFailure();
        outlet.send(operations.takeRecorded());
    }

    private void callHook(String moment, Supplier<StateLeftBehind> stateLeft) {
        StepHook hook = context.options().hook();
        if (hook == StepHook.NONE || step.rowChanges().isEmpty()) {
            return;
        }
        try {
            Connection restricted = MigrationConnection.of(connection);
            if (moment.equals("before")) {
                hook.before(step, restricted);
            } else {
                hook.after(step, restricted);
            }
        } catch (SQLException | RuntimeException e) {
            throw new StepHookException(script.id(), moment, stateLeft.get(), e);
        }
    }

    private void check(List<SqlStatement> statements) {
        if (mode() == TransactionMode.PER_REVISION && context.options().transactions() != Transactions.NONE) {
            TransactionControlException.requireTransactional(script.id(), statements);
        }
    }

    private void readSettings(List<SqlStatement> statements) {
        try {
            context.settings().beforeRunning(statements);
        } catch (SQLException e) {
            throw new DatabaseException("read the settings of the connection", e);
        }
    }

    private RecordingOperations operations(RecordingOperations.Outlet outlet) {
        return new RecordingOperations(
                dialect, connection, context.schema(), script.revision().origin(), outlet);
    }

    private void record(RecordingOperations operations) {
        if (step.direction() == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
    }

    private void changeVersionRows(Supplier<StateLeftBehind> stateLeft) {
        VersionTable versionTable = context.versionTable();
        try {
            VersionRowChange change = new VersionRowChange(connection, versionTable);
            List<String> checksums = context.checksums().statements(step);
            if (readsRowsAfter) {
                rowsAfter = change.makeAndRead(step.rowChanges(), checksums, stateLeft);
            } else {
                change.make(step.rowChanges(), checksums, stateLeft);
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "write the version of revision " + script.id() + " to " + versionTable.name(),
                    e,
                    stateLeft.get().message());
        }
    }
}
