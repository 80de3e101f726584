package dev.turnstone.execution;

import dev.turnstone.revision.Step;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Code of the application that runs in each step, inside the step's transaction, for example to write a row of its own
 * log. An exception fails the step, which is rolled back. Called on the thread of the run.
 *
 * <p>If a step has no transaction, the hook's statements commit by themselves; {@link #after} then runs in the
 * transaction of the version row. A step that is repeated because a lock was not acquired in time calls its hooks
 * again.
 */
public interface StepHook {

    /** Does nothing. */
    StepHook NONE = new StepHook() {};

    /**
     * Called before the step's statements run.
     *
     * @param step the step
     * @param connection restricted: only the engine ends its transaction
     * @throws SQLException if the database reports an error; the step then fails
     */
    default void before(Step step, Connection connection) throws SQLException {}

    /**
     * Called after the step's statements and its version row are written, and before the commit.
     *
     * @param step the step
     * @param connection restricted: only the engine ends its transaction
     * @throws SQLException if the database reports an error; the step then fails
     */
    default void after(Step step, Connection connection) throws SQLException {}
}
