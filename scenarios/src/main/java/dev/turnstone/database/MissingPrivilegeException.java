package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the server does not let its user make what a test needs. A scenario can be skipped with this reason. */
public final class MissingPrivilegeException extends TurnstoneException {

    private final String privilege;

    MissingPrivilegeException(String privilege, String what, String where, String remedy, SQLException cause) {
        super(
                "Cannot create a " + what + " on " + where + ": the user lacks " + privilege + ". The server says: "
                        + cause.getMessage() + "\nNothing was created. " + remedy,
                cause);
        this.privilege = privilege;
    }

    /** The right that is missing, for example {@code CREATEDB}. */
    public String privilege() {
        return privilege;
    }
}
