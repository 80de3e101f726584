package dev.turnstone.scenario.cursor;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a revision's own code throws an exception that does not come from the database. */
final class RevisionCodeException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    RevisionCodeException(RuntimeException cause) {
        super(
                "The revision's code throws " + cause
                        + (cause.getStackTrace().length == 0 ? "" : "\n  at " + cause.getStackTrace()[0]),
                cause);
    }
}
