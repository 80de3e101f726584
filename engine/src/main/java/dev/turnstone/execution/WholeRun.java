package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs all steps in one transaction, in which each is a savepoint: on a failure nothing of the run remains. */
final class WholeRun {

    private final Surroundings surroundings;
    private final Plan plan;
    private final Runner runner;

    WholeRun(Surroundings surroundings, Plan plan, Runner runner) {
        this.surroundings = surroundings;
        this.plan = plan;
        this.runner = runner;
    }

    /** Says, within the transaction, which steps are due. */
    interface Plan {
        List<Step> steps() throws SQLException;
    }

    /** Runs one of them. */
    interface Runner {
        boolean run(Surroundings within, Step step, StepExecution.Precondition precondition) throws SQLException;
    }

    /** Runs the steps; where a lock is not given in time, all of them again. */
    public List<Step> run() throws SQLException {
        List<Step> done = new LockAttempts(
                        surroundings.dialect(),
                        "the run",
                        surroundings.options().lockAttempts())
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
        done.forEach(surroundings.listener()::finished);
        return done;
    }

    private List<Step> once() throws SQLException {
        try {
            return inTransaction(null);
        } catch (RestartException.RebuildAhead rebuild) {
            SuspendedForeignKeys suspended = surroundings.dialect().suspendForeignKeys(surroundings.connection());
            try {
                return inTransaction(suspended);
            } finally {
                suspended.restore();
            }
        }
    }

    private List<Step> inTransaction(@Nullable SuspendedForeignKeys suspended) throws SQLException {
        Dialect dialect = surroundings.dialect();
        try (Transaction transaction = Transaction.begin(surroundings.connection(), dialect, surroundings.patience())) {
            if (suspended != null) {
                suspended.begin();
            }
            List<Step> steps = plan.steps();
            if (steps.isEmpty()) {
                return steps;
            }
            Set<RevisionId> start = steps.get(0).before();
            Surroundings within =
                    surroundings.withoutOthers().within(new Surroundings.RunTransaction(start, suspended != null));
            for (Step step : steps) {
                runner.run(within, step, () -> true);
            }
            if (suspended != null) {
                suspended.check();
            }
            commit(transaction, start, steps);
            return steps;
        }
    }

    private static void commit(Transaction transaction, Set<RevisionId> start, List<Step> steps) {
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw refused(e, start, steps);
        }
    }

    private static TurnstoneException refused(SQLException e, Set<RevisionId> start, List<Step> steps) {
        String what = "commit the run of " + steps.size() + (steps.size() == 1 ? " revision" : " revisions");
        return new DatabaseException(
                what,
                e,
                ConnectionLostException.isToldBy(e)
                        ? "The run has been applied as a whole or not at all; 'current' tells."
                        : "The whole run was rolled back; the version is still " + Aftermath.version(start)
                                + ". The database refuses a commit for a constraint that is checked only then. Correct"
                                + " the data or the revision, then repeat.");
    }
}
