package dev.turnstone.operation;

/**
 * A place in a file or class, for messages.
 *
 * @param origin the file's path or the class's name
 * @param line counted from 1; 0 where there are no lines
 * @param column counted from 1; 0 where there are no lines
 */
public record Location(String origin, int line, int column) {

    /** A place without lines. */
    public static Location of(String origin) {
        return new Location(origin, 0, 0);
    }

    /** {@code file.sql:12:3}, or only the origin where there are no lines. */
    @Override
    public String toString() {
        return line == 0 ? origin : origin + ":" + line + ":" + column;
    }
}
