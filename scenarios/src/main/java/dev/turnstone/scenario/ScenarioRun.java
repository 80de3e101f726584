package dev.turnstone.scenario;

import java.util.List;

/** A scenario at work on one dialect. Its databases come with the first check, and go when it is closed. Not thread-safe. */
public interface ScenarioRun extends AutoCloseable {

    /**
     * Puts a scenario to work. What no part of Turnstone expects ({@link StackOverflowError}, {@link OutOfMemoryError},
     * an exception that is not a {@link dev.turnstone.error.TurnstoneException}) ends one check alone: it is a finding of
     * the class {@link FindingClass#INTERNAL_ERROR}, and the other checks can be run. An {@link AssertionError} is passed
     * on.
     *
     * @param scenario the scenario
     * @param context what it is about
     */
    static ScenarioRun of(Scenario scenario, ScenarioContext context) {
        return ContainedRun.of(scenario, context);
    }

    /** The checks, in the order in which they cost least. Asking for them touches no database. */
    List<Check> checks();

    /** Drops the run's databases. */
    public @Override void close();
}
