package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;

/** Thrown to those who want a test database while the process ends. */
public final class InterruptedRunException extends TurnstoneException {

    InterruptedRunException() {
        super("The run was interrupted: the process ends. No database was made.");
    }
}
