package dev.turnstone.format;

import dev.turnstone.error.TurnstoneException;

/** Thrown if two files of another tool's format have the same version and direction. */
public final class DuplicateVersionException extends TurnstoneException {

    private final String version;

    private DuplicateVersionException(String version, String message) {
        super(message);
        this.version = version;
    }

    /** Creates the exception for numbers that differ only in leading zeros. */
    static DuplicateVersionException ofNumbers(
            String directory, String version, String role, String first, String second) {
        return new DuplicateVersionException(
                version,
                "In " + directory + ", " + first + " and " + second + " are both the " + role + " of version " + version
                        + " (leading zeros do not count). Give one of them another number.");
    }

    /** Creates the exception for versions that are equal after normalisation. */
    static DuplicateVersionException ofVersions(
            String directory, String version, String role, String first, String second) {
        return new DuplicateVersionException(
                version,
                "In " + directory + ", " + first + " and " + second + " are both the " + role + " of version " + version
                        + ", as its tool compares versions. Give one of them another version.");
    }

    /** Returns the version as its tool compares it, for example as a number without leading zeros. */
    public String version() {
        return version;
    }
}
