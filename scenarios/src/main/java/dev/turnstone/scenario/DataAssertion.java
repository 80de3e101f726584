package dev.turnstone.scenario;

import dev.turnstone.revision.Direction;
import java.sql.Connection;

/**
 * What the user's own code has to say of the rows once a revision was applied, or taken back.
 *
 * @param revision an id, its beginning, or a label
 * @param direction whether it is said after the upgrade or after the downgrade
 * @param code throws what it has against the database
 */
public record DataAssertion(String revision, Direction direction, Code code) {

    /** Looks at a database. */
    @FunctionalInterface
    public interface Code {

        /**
         * Throws, such as an {@link AssertionError}, where something is not as it should be.
         *
         * @param connection to the database at the revision, in a transaction that is rolled back afterwards
         */
        void look(Connection connection) throws Exception;
    }
}
