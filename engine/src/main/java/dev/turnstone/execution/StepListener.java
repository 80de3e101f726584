package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Step;
import java.util.List;

/** Receives the events of a run. Called on the thread of the run; must not use the run's connection. */
public interface StepListener {

    /** Ignores all events. */
    StepListener NONE = new StepListener() {};

    /**
     * A run begins. Steps that another start runs meanwhile are skipped, so the run may execute fewer steps.
     *
     * @param steps the steps that are due, in order; not empty
     */
    default void planned(List<Step> steps) {}

    /** A step begins. */
    default void started(Step step) {}

    /** Statements of the step ran. If the step has a transaction, they are not yet committed. */
    default void ran(Step step, List<SqlStatement> statements) {}

    /**
     * A precondition of the step failed, and its author wants the run to continue.
     *
     * @param message the precondition, its result and the consequence, as sentences
     * @param skipped whether the step's body does not run
     */
    default void preconditionFailed(Step step, String message, boolean skipped) {}

    /** A step is committed. */
    default void finished(Step step) {}
}
