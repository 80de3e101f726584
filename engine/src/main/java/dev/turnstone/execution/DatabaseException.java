package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the database fails outside of any statement of an author's. */
public final class DatabaseException extends TurnstoneException {

    /**
     * @param action what was being done, to follow "Could not"
     * @param cause what the database said
     */
    public DatabaseException(String action, SQLException cause) {
        super("Could not " + action + ": " + cause.getMessage(), cause);
    }
}
