package dev.turnstone.scenario;

import java.util.List;

/**
 * A run of a scenario on one dialect. The first check creates its databases, and {@link #close} drops them. Not
 * thread-safe.
 */
public interface ScenarioRun extends AutoCloseable {

    /**
     * Starts a scenario. An unexpected failure ({@link StackOverflowError}, {@link OutOfMemoryError}, an exception that
     * is not a {@link dev.turnstone.error.TurnstoneException}) ends only one check: it becomes a finding of the class
     * {@link FindingClass#INTERNAL_ERROR}, and the other checks can still run. An {@link AssertionError} is propagated.
     *
     * @param scenario the scenario
     * @param context the context of the scenario
     */
    static ScenarioRun of(Scenario scenario, ScenarioContext context) {
        return ContainedRun.of(scenario, context);
    }

    /** Returns the checks, in the order with the lowest total cost. Accesses no database. */
    List<Check> checks();

    /** Drops the run's databases. */
    public @Override void close();
}
