package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for SQL in which a quote, a comment or a body begins and does not end. */
public final class UnterminatedStatementException extends TurnstoneException {

    private final Location location;

    /**
     * @param what what does not end, for example {@code dollar-quoted string $body$}
     * @param location where it begins
     */
    public UnterminatedStatementException(String what, Location location) {
        super("The " + what + " that begins at " + location + " does not end. Nothing of this revision was run.");
        this.location = location;
    }

    /** Where the part begins that does not end. */
    public Location location() {
        return location;
    }
}
