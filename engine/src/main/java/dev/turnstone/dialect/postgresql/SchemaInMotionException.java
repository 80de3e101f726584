package dev.turnstone.dialect.postgresql;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown where other sessions kept dropping objects while the catalog was read. */
public final class SchemaInMotionException extends TurnstoneException {

    SchemaInMotionException(String schema, int looks, @Nullable Throwable cause) {
        super(
                "The schema '" + schema + "' could not be read: in each of " + looks
                        + " looks another session dropped an object meanwhile. Nothing was changed.\n"
                        + "Read it again when nothing else changes the schema.",
                cause);
    }
}
