package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown when a test database cannot be created or dropped for a reason without a more specific type. */
public final class TestDatabaseException extends TurnstoneException {

    TestDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
