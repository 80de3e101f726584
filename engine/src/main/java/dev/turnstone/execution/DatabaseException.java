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

    /**
     * @param action what was being done, to follow "Could not"
     * @param cause what the database said
     * @param next what state was left and what to do, as sentences
     */
    public DatabaseException(String action, SQLException cause, String next) {
        super(
                "Could not " + action + ":\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  ") + "\n" + next,
                cause);
    }

    /** What the database said. */
    public SQLException sqlException() {
        return (SQLException) java.util.Objects.requireNonNull(getCause());
    }
}
