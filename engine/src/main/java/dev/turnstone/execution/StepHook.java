package dev.turnstone.execution;

import dev.turnstone.revision.Step;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The application's own part in each step, inside the step's transaction: such as a row in a log of its own. What it
 * throws fails the step, which is rolled back. Called on the thread that runs.
 *
 * <p>Where a step has no transaction, what a hook does commits by itself; {@link #after} then shares the transaction of
 * the version row. A step that is repeated, because a lock was not given in time, calls its hooks again.
 */
public interface StepHook {

    /** Does nothing. */
    StepHook NONE = new StepHook() {};

    /**
     * The step's statements are about to run.
     *
     * @param connection lent: its transaction is the engine's to end
     */
    default void before(Step step, Connection connection) throws SQLException {}

    /**
     * The step's statements and its version row are written, and not yet committed.
     *
     * @param connection lent: its transaction is the engine's to end
     */
    default void after(Step step, Connection connection) throws SQLException {}
}
