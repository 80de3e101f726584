package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the role lacks a privilege that a test database needs. The message is a reason to skip a scenario. */
public final class MissingPrivilegeException extends TurnstoneException {

    private final String privilege;

    MissingPrivilegeException(String privilege, String what, String where, String remedy, SQLException cause) {
        super(
                "Cannot create a " + what + " on " + where + ": the user lacks " + privilege + ". The server reports: "
                        + cause.getMessage() + "\nNothing was created. " + remedy,
                cause);
        this.privilege = privilege;
    }

    /** Returns the missing privilege, for example {@code CREATEDB}. */
    public String privilege() {
        return privilege;
    }
}
