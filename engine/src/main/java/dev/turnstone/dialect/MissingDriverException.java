package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a dialect's JDBC driver, which is the user's to add, is not on the class path. */
public final class MissingDriverException extends TurnstoneException {

    MissingDriverException(Dialect dialect) {
        super("There is no JDBC driver for " + dialect.title() + " on the class path. Nothing was opened. Add "
                + dialect.driverDependency() + ", or leave " + dialect.name() + " out of the dialects.");
    }
}
