package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown when a test database cannot be made or dropped for a reason that has no type of its own. */
public final class TestDatabaseException extends TurnstoneException {

    TestDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
