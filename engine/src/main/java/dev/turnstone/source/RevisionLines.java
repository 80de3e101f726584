package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.List;

/**
 * An SQL revision file as lines. Line ends are {@code \n}, whatever the file has, so that a checkout on Windows makes
 * the same functions and views as one elsewhere.
 *
 * @param origin the file's path within its source
 * @param all the lines, counted from 0
 */
record RevisionLines(String origin, List<String> all) {

    static RevisionLines of(String origin, String text) {
        return new RevisionLines(origin, List.of(text.replace("\r\n", "\n").split("\n", -1)));
    }

    int count() {
        return all.size();
    }

    String get(int line) {
        return all.get(line);
    }

    /** The place of a line's first character. */
    Location location(int line) {
        return new Location(origin, line + 1, 1);
    }

    /** The place of a line's first character that is not blank. */
    Location firstWord(int line) {
        String text = get(line);
        return new Location(
                origin, line + 1, 1 + text.length() - text.stripLeading().length());
    }

    /** The lines from {@code from} up to and without {@code to}. */
    SqlText text(int from, int to) {
        return new SqlText(String.join("\n", all.subList(from, to)), location(from));
    }

    /** Whether a line holds more than blanks and a comment of its own. */
    boolean hasSql(int line) {
        String text = get(line).strip();
        return !text.isEmpty() && !text.startsWith("--");
    }
}
