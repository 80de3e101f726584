package dev.turnstone.operation;

/**
 * A position in a file or class, for messages.
 *
 * @param origin the file's path or the class's name
 * @param line counted from 1; 0 if the origin has no lines
 * @param column counted from 1; 0 if the origin has no lines
 */
public record Location(String origin, int line, int column) {

    /** Returns a location without line and column. */
    public static Location of(String origin) {
        return new Location(origin, 0, 0);
    }

    /** Returns {@code file.sql:12:3}, or only the origin if it has no lines. */
    @Override
    public String toString() {
        return line == 0 ? origin : origin + ":" + line + ":" + column;
    }
}
