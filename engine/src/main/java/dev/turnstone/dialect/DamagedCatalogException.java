package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown if the catalog of a database contains a definition that cannot be parsed. */
public abstract class DamagedCatalogException extends TurnstoneException {

    /** Creates an exception with a message for the user. */
    protected DamagedCatalogException(String message) {
        super(message);
    }
}
