package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.List;

/**
 * The lines of an SQL revision file. Line ends become {@code \n}, so that a checkout on Windows creates the same
 * functions and views as on other systems.
 *
 * @param origin the file's path within its source
 * @param all the lines, counted from 0
 */
public record RevisionLines(String origin, List<String> all) {

    public static RevisionLines of(String origin, String text) {
        return new RevisionLines(origin, List.of(text.replace("\r\n", "\n").split("\n", -1)));
    }

    public int count() {
        return all.size();
    }

    public String get(int line) {
        return all.get(line);
    }

    /** Returns the location of a line's first character. */
    public Location location(int line) {
        return new Location(origin, line + 1, 1);
    }

    /** Returns the location of a line's first non-blank character. */
    public Location firstWord(int line) {
        String text = get(line);
        return new Location(
                origin, line + 1, 1 + text.length() - text.stripLeading().length());
    }

    /** Returns the lines from {@code from} (inclusive) to {@code to} (exclusive). */
    public SqlText text(int from, int to) {
        return new SqlText(String.join("\n", all.subList(from, to)), location(from));
    }

    /** Returns whether a line contains more than blanks and a comment. */
    public boolean hasSql(int line) {
        String text = get(line).strip();
        return !text.isEmpty() && !text.startsWith("--");
    }
}
