package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for a file of another tool's format that the tool itself would not take, or that cannot be told for sure. */
public final class MalformedMigrationFileException extends TurnstoneException {

    private final Location location;

    /**
     * @param message what is wrong and what to do, in sentences; the place is put before it
     */
    MalformedMigrationFileException(Location location, String message) {
        super(location + ": " + message);
        this.location = location;
    }

    /** Where the line stands that is wrong. */
    public Location location() {
        return location;
    }
}
