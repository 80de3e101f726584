package dev.turnstone.scenario;

import dev.turnstone.revision.Direction;
import java.sql.Connection;

/**
 * An assertion of the user's own code about the rows after a revision was applied or reverted.
 *
 * @param revision an id, the beginning of an id, or a label
 * @param direction whether the code runs after the upgrade or after the downgrade
 * @param code throws an exception if the assertion fails
 */
public record DataAssertion(String revision, Direction direction, Code code) {

    /** Asserts something about a database. */
    @FunctionalInterface
    public interface Code {

        /**
         * Checks the database at the revision.
         *
         * @param connection a connection in a transaction that is rolled back afterwards
         * @throws Exception if the assertion fails; this can also be an {@link AssertionError}
         */
        void look(Connection connection) throws Exception;
    }
}
