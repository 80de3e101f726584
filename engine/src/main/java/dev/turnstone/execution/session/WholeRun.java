package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.ConnectionLostException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.step.LockAttempts;
import dev.turnstone.execution.step.RunContext;
import dev.turnstone.execution.step.StepExecution;
import dev.turnstone.execution.step.Transaction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs all steps in one transaction, each in a savepoint. A failure leaves nothing of the run behind. */
final class WholeRun {

    private final RunContext context;
    private final Plan plan;
    private final Runner runner;

    WholeRun(RunContext context, Plan plan, Runner runner) {
        this.context = context;
        this.plan = plan;
        this.runner = runner;
    }

    /** Returns the due steps. Called within the transaction. */
    interface Plan {
        List<Step> steps() throws SQLException;
    }

    /** Runs one step. */
    interface Runner {
        StepExecution.Outcome run(RunContext within, Step step, StepExecution.Precondition precondition)
                throws SQLException;
    }

    /** Runs the steps; if a lock is not acquired in time, all of them again. */
    public List<Step> run() throws SQLException {
        List<Step> done = new LockAttempts(
                        context.dialect(), "the run", context.options().lockAttempts())
                .make(new LockAttempts.Attempt<List<Step>>() {
                    @Override
                    public List<Step> run() throws SQLException {
                        return once();
                    }

                    @Override
                    public boolean hasLeftNothing() {
                        return true;
                    }
                });
        done.forEach(context.listener()::finished);
        return done;
    }

    private List<Step> once() throws SQLException {
        Optional<List<Step>> done = inTransaction(null);
        if (done.isPresent()) {
            return done.get();
        }
        SuspendedForeignKeys suspended = context.dialect().suspendForeignKeys(context.connection());
        try {
            return inTransaction(suspended)
                    .orElseThrow(() -> new IllegalStateException("Foreign keys were already suspended."));
        } finally {
            suspended.restore();
        }
    }

    /** Returns the steps that ran; empty if the transaction must start again with suspended foreign keys. */
    private Optional<List<Step>> inTransaction(@Nullable SuspendedForeignKeys suspended) throws SQLException {
        Dialect dialect = context.dialect();
        try (Transaction transaction = Transaction.begin(context.connection(), dialect, context.timeout())) {
            if (suspended != null) {
                suspended.begin();
            }
            List<Step> steps = plan.steps();
            if (steps.isEmpty()) {
                return Optional.of(steps);
            }
            Set<RevisionId> start = steps.get(0).before();
            RunContext within = context.withoutOthers().within(new RunContext.RunTransaction(start, suspended != null));
            for (Step step : steps) {
                if (runner.run(within, step, () -> true) == StepExecution.Outcome.RUN_MUST_SUSPEND_FOREIGN_KEYS) {
                    return Optional.empty();
                }
            }
            if (suspended != null) {
                suspended.check();
            }
            commit(transaction, start, steps);
            return Optional.of(steps);
        }
    }

    private static void commit(Transaction transaction, Set<RevisionId> start, List<Step> steps) {
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw commitFailed(e, start, steps);
        }
    }

    private static TurnstoneException commitFailed(SQLException e, Set<RevisionId> start, List<Step> steps) {
        String what = "commit the run of " + steps.size() + (steps.size() == 1 ? " revision" : " revisions");
        return new DatabaseException(
                what,
                e,
                ConnectionLostException.isConnectionLoss(e)
                        ? "The run was applied completely or not at all. Check the version with 'current'."
                        : "The whole run was rolled back; the version is still " + StateLeftBehind.version(start)
                                + ". The database rejected the commit, because it checks deferred constraints only then. Correct"
                                + " the data or the revision, then repeat.");
    }
}
