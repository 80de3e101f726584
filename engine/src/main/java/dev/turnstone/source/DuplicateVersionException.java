package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;

/** Thrown when two files of another tool's format claim the same version and direction. */
public final class DuplicateVersionException extends TurnstoneException {

    private final String version;

    DuplicateVersionException(String directory, String version, String direction, String first, String second) {
        super("In " + directory + ", " + first + " and " + second + " are both the " + direction + " file of version "
                + version + " (leading zeros do not count). Give one of them another number.");
        this.version = version;
    }

    /** The version as a number without leading zeros. */
    public String version() {
        return version;
    }
}
