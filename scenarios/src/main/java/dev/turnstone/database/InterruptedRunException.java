package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a test database is requested while the process ends. */
public final class InterruptedRunException extends TurnstoneException {

    InterruptedRunException() {
        super("The run was interrupted: the process ends. No database was created.");
    }
}
