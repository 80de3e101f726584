package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.error.TurnstoneException;

/** Thrown if other sessions kept dropping or locking objects while the catalog was read. */
public final class ConcurrentSchemaChangeException extends TurnstoneException {

    ConcurrentSchemaChangeException(String schema, String what, Throwable cause) {
        super(
                "The schema '" + schema + "' could not be read: another session " + what
                        + ". Nothing was changed.\nRepeat the read when no other session changes the schema.",
                cause);
    }
}
