package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
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
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step by its {@link TransactionPlan}: the revision's statements and the change of the version rows. Used on
 * one thread. It can run again after a failure that left nothing behind.
 *
 * <p>The connection is in autocommit mode, without a transaction or in that of the whole run, and is always left in
 * that state. On PostgreSQL the statements of a revision are sent together, in as few round trips as its barriers
 * allow. If one of them fails, the revision is rolled back, and its statements are sent one by one in another
 * transaction, which is also rolled back, only to identify the failed statement.
 */
public final class StepExecution implements LockAttempts.Attempt<StepExecution.Outcome> {

    private final RunContext context;
    private final Connection connection;
    private final Dialect dialect;
    private final MigrationScript script;
    private final Step step;
    private final Precondition stillDue;
    private final StepNotifications notifications;
    private final PreconditionCheck preconditions;
    private final StepFailures failures;
    private final StepBody body;

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
        this.body = new StepBody(context, script, step);
    }

    /** Checks whether the step may still run, after the transaction acquired its lock. */
    public interface Precondition {
        boolean holds() throws SQLException;
    }

    /** The result of a step that did not fail. */
    public enum Outcome {
        /** It ran. */
        RAN,
        /** It is no longer due. Nothing ran. */
        NOT_DUE,
        /**
         * It rebuilds tables, and the transaction of the run must start again with suspended foreign keys. Nothing of
         * the step remains.
         */
        RUN_MUST_SUSPEND_FOREIGN_KEYS
    }

    /** The result of following a plan. */
    private sealed interface Result {
        record Finished(Outcome outcome) implements Result {}

        /** The step was rolled back, and must start again with another plan. */
        record PlanChanged(TransactionPlan plan) implements Result {}
    }

    private static final Result RAN = new Result.Finished(Outcome.RAN);
    private static final Result NOT_DUE = new Result.Finished(Outcome.NOT_DUE);

    /**
     * Runs the step.
     *
     * @return whether it ran
     * @throws StatementFailedException if the database rejects a statement of the revision
     * @throws TransactionControlException for a statement that cannot run in the revision's transaction
     * @throws PreconditionFailedException if a precondition fails and requires the run to end
     * @throws MigrationCodeException if the migration's own code fails
     * @throws ConnectionLostException if the connection is lost
     */
    @Override
    public Outcome run() throws SQLException {
        notifications.again();
        hasLeftNothing = true;
        rowsAfter = null;
        try {
            return run(plan());
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

    private TransactionPlan plan() {
        TransactionPlan plan = TransactionPlan.of(
                script, step.direction(), dialect, context.options().transactions(), context.alone(), body::statements);
        return context.ofRun() != null && context.ofRun().suspendedForeignKeys() ? plan.suspendingForeignKeys() : plan;
    }

    /** Follows a plan; if the statements or the server require another one, that one from the start. */
    private Outcome run(TransactionPlan first) throws SQLException {
        TransactionPlan plan = first;
        while (true) {
            Result result = followUnlessRefused(plan);
            if (result instanceof Result.PlanChanged changed) {
                if (context.ofRun() != null) {
                    return Outcome.RUN_MUST_SUSPEND_FOREIGN_KEYS;
                }
                notifications.again();
                plan = changed.plan();
            } else {
                return ((Result.Finished) result).outcome();
            }
        }
    }

    private Result followUnlessRefused(TransactionPlan plan) throws SQLException {
        try {
            return follow(plan);
        } catch (StatementFailedException failure) {
            if (context.ofRun() != null || !(failure.getCause() instanceof SQLException cause)) {
                throw failure;
            }
            return new Result.PlanChanged(plan.afterRefusal(cause, dialect).orElseThrow(() -> failure));
        }
    }

    private Result follow(TransactionPlan plan) throws SQLException {
        if (plan.extent() == TransactionPlan.Extent.STATEMENT) {
            return runWithoutTransaction(plan);
        }
        if (plan.exclusion() != TransactionPlan.Exclusion.BY_STEP_LOCK) {
            return runWithForeignKeys(plan);
        }
        try (StartLock lock = dialect.lockWithoutTransaction(connection, context.timeout())) {
            return runWithForeignKeys(plan);
        }
    }

    /** Suspends foreign keys before the transaction if the plan requires it, unless the run has suspended them. */
    private Result runWithForeignKeys(TransactionPlan plan) throws SQLException {
        if (!plan.suspendsForeignKeys() || context.ofRun() != null) {
            return runInTransaction(plan, null);
        }
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        try {
            return runInTransaction(plan, suspended);
        } finally {
            suspended.restore();
        }
    }

    private Result runInTransaction(TransactionPlan plan, @Nullable SuspendedForeignKeys suspended)
            throws SQLException {
        try (Transaction transaction = context.begin()) {
            StatementSender sender = StatementSender.together(connection, dialect, plan, gapIn(transaction, suspended));
            if (!stillDue.holds()) {
                return NOT_DUE;
            }
            notifications.started();
            if (suspended != null) {
                suspended.begin();
            }
            try {
                callHook("before", () -> failures.rolledBack("Correct the hook, then repeat."));
                runBody(sender, plan, () -> failures.rolledBack(sender, StepFailures.REPEAT), notifications::ran);
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
                return RAN;
            } catch (StatementSender.PlanChangedException changed) {
                return new Result.PlanChanged(changed.plan());
            } catch (SendFailure failure) {
                hasLeftNothing = sender.lasting().isEmpty();
                transaction.close();
                throw identified(failure, sender, plan);
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
    private StatementSender.Gap gapIn(Transaction transaction, @Nullable SuspendedForeignKeys suspended) {
        return new StatementSender.Gap() {
            @Override
            public void leave(StatementSender sender) throws SQLException {
                if (context.ofRun() != null) {
                    throw TransactionControlException.outsideInRun(
                            script.id(), context.ofRun().rowsAtStart());
                }
                if (suspended != null) {
                    suspended.check();
                }
                commit(
                        transaction,
                        () -> failures.rolledBack(sender, StepFailures.DEFERRED),
                        () -> failures.lostAtGap(sender));
            }

            @Override
            public void enter() throws SQLException {
                transaction.again(dialect, context.timeout());
            }
        };
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

    private Result runWithoutTransaction(TransactionPlan plan) throws SQLException {
        if (context.ofRun() != null) {
            throw TransactionControlException.outsideInRun(
                    script.id(), context.ofRun().rowsAtStart());
        }
        try (StartLock lock = dialect.lockWithoutTransaction(connection, context.timeout())) {
            return holdsInTransaction() ? runStatements(plan) : NOT_DUE;
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

    private Result runStatements(TransactionPlan plan) {
        notifications.started();
        StatementSender sender = StatementSender.alone(connection, dialect, plan, this::rebuildInOwnTransaction);
        boolean clears = script.format() == Format.TURNSTONE;
        if (clears) {
            sender.clearsHalfMade();
        }
        try (Transaction authorsOwn = Transaction.leftOpen(connection)) {
            callHook("before", () -> failures.committed(sender, "Correct the hook, then repeat."));
            runBody(
                    sender,
                    plan,
                    () -> failures.committed(sender, "Correct the code, then repeat."),
                    notifications::ran);
            recordAsDone(sender, authorsOwn);
            return RAN;
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
    private TurnstoneException identified(SendFailure failure, StatementSender sender, TransactionPlan plan) {
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
            StatementSender again = StatementSender.singly(connection, dialect, plan, end);
            runBody(again, plan, () -> failures.rolledBack(StepFailures.REPEAT), statements -> {});
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

    /** Checks the preconditions, then runs the migration if they allow it. */
    private void runBody(
            StatementSender sender,
            TransactionPlan plan,
            Supplier<StateLeftBehind> stateLeft,
            RecordingOperations.Outlet listener) {
        boolean withinTransaction = plan.extent() == TransactionPlan.Extent.REVISION;
        Supplier<StateLeftBehind> ended = () -> withinTransaction
                ? failures.rolledBack(PreconditionCheck.NEXT)
                : failures.committed(sender, PreconditionCheck.NEXT);
        if (preconditions.allows(withinTransaction, ended)) {
            body.run(sender, plan, stateLeft, listener);
        }
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
