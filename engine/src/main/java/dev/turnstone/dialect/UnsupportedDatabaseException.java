package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a database without a dialect. */
public final class UnsupportedDatabaseException extends TurnstoneException {

    UnsupportedDatabaseException(String product) {
        super("There is no dialect for '" + product + "'. Use " + Dialects.alternatives() + ".");
    }
}
