package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the database fails outside of the statements of a revision. */
public final class DatabaseException extends TurnstoneException {

    /**
     * @param action the failed action, to follow "Could not"
     * @param cause the exception of the database
     */
    public DatabaseException(String action, SQLException cause) {
        super("Could not " + action + ": " + cause.getMessage(), cause);
    }

    /**
     * @param action the failed action, to follow "Could not"
     * @param cause the exception of the database
     * @param next the state left behind and what to do next, as sentences
     */
    public DatabaseException(String action, SQLException cause, String next) {
        super(
                "Could not " + action + ":\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  ") + "\n" + next,
                cause);
    }

    /** Returns the exception of the database. */
    public SQLException sqlException() {
        return (SQLException) java.util.Objects.requireNonNull(getCause());
    }
}
