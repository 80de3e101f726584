package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import org.jspecify.annotations.Nullable;

/** Thrown for a missing, misspelled or invalid header line of an SQL revision file. */
public final class MalformedHeaderException extends TurnstoneException {

    private final Location location;

    private MalformedHeaderException(Location location, String message, @Nullable Throwable cause) {
        super(location + ": " + message, cause);
        this.location = location;
    }

    /** Returns the location of the line; the file's first line if a line is missing. */
    public Location location() {
        return location;
    }

    static MalformedHeaderException noRevision(Location firstMarker) {
        return new MalformedHeaderException(
                firstMarker,
                "The file has lines of a revision, but none with its id. Add '-- revision: ID' as the first line, "
                        + "or reword this comment if the file is not a revision.",
                null);
    }

    static MalformedHeaderException nearly(Location location, String found, String meant) {
        return new MalformedHeaderException(
                location,
                "'-- " + found + "' is not a header line, but nearly '-- " + meant + "'. Write '-- " + meant
                        + "', or reword it if it is a comment.",
                null);
    }

    static MalformedHeaderException twice(Location location, String key, Location first) {
        return new MalformedHeaderException(
                location,
                "'-- " + key + "' was already given in line " + first.line() + ". Keep one of the two.",
                null);
    }

    static MalformedHeaderException empty(Location location, String key) {
        String remedy = key.equals("parents") ? " (a base revision has no such line)" : "";
        return new MalformedHeaderException(
                location,
                "'-- " + key + ":' has an empty value. Write a value, or remove the line" + remedy + ".",
                null);
    }

    static MalformedHeaderException afterHeader(Location location, String key) {
        return new MalformedHeaderException(
                location,
                "'-- " + key + "' is in a section. Header lines are before the first section; move it there, "
                        + "or reword it if it is a comment.",
                null);
    }

    static MalformedHeaderException badId(Location location, String key, RuntimeException cause) {
        return new MalformedHeaderException(location, "In '-- " + key + ":', " + cause.getMessage(), cause);
    }

    static MalformedHeaderException badDate(Location location, String value) {
        return new MalformedHeaderException(location, Dates.refusal(value), null);
    }
}
