package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown when no PostgreSQL server is named and the embedded server cannot be started. */
public final class EmbeddedServerException extends TurnstoneException {

    EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
