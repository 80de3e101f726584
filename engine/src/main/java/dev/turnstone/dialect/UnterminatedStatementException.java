package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for SQL with an unterminated quote, comment or body. */
public final class UnterminatedStatementException extends TurnstoneException {

    private final Location location;

    /**
     * @param what the unterminated part, for example {@code dollar-quoted string $body$}
     * @param location the start of the part
     */
    public UnterminatedStatementException(String what, Location location) {
        super("The " + what + " that begins at " + location + " does not end. Nothing of this revision was run.");
        this.location = location;
    }

    /** Returns the start of the unterminated part. */
    public Location location() {
        return location;
    }
}
