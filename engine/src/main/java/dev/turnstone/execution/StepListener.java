package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Step;
import java.util.List;

/** Is told what a run does. Called on the thread that runs; must not use the run's connection. */
public interface StepListener {

    /** Hears nothing. */
    StepListener NONE = new StepListener() {};

    /**
     * A run begins. Steps that another start runs meanwhile are passed over, and a run may still do fewer of these.
     *
     * @param steps what is due, in order; not empty
     */
    default void planned(List<Step> steps) {}

    /** A step begins. */
    default void started(Step step) {}

    /** Statements of the step have run; they are not yet committed where the step has a transaction. */
    default void ran(Step step, List<SqlStatement> statements) {}

    /**
     * A precondition of the step does not hold, and its author wants the run to go on all the same.
     *
     * @param said what was asked, what came of it and what follows, as sentences
     * @param passedOver whether the step's body does not run
     */
    default void preconditionFailed(Step step, String said, boolean passedOver) {}

    /** A step is committed. */
    default void finished(Step step) {}
}
