package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown when the JDBC driver of a dialect is not on the class path. Users add drivers themselves. */
public final class MissingDriverException extends TurnstoneException {

    MissingDriverException(Dialect dialect) {
        super("There is no JDBC driver for " + dialect.title() + " on the class path. Nothing was opened. Add "
                + dialect.driverDependency() + ", or leave " + dialect.name() + " out of the dialects.");
    }
}
