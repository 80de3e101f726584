package dev.turnstone.format;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for a file of another tool's format that the tool itself would refuse, or that is ambiguous. */
public final class MalformedMigrationFileException extends TurnstoneException {

    private final Location location;

    /**
     * Creates the exception.
     *
     * @param message the problem and the remedy, in sentences; the location is put before it
     */
    MalformedMigrationFileException(Location location, String message) {
        super(location + ": " + message);
        this.location = location;
    }

    /** Returns the location of the invalid line. */
    public Location location() {
        return location;
    }
}
