package dev.turnstone.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a table of statements.
 *
 * @param reach the farthest reach of its statements by name, or {@code INSIDE}
 * @param title what the statements do
 * @param sql the statements
 */
public record ReachCase(String reach, String title, String sql) {

    /** The rows of a file, where each begins with a line {@code --# REACH title}. */
    public static List<ReachCase> in(String file) {
        try (InputStream in = ReachCase.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no resource " + file);
            }
            List<ReachCase> rows = new ArrayList<>();
            for (String row : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^--# ", -1)) {
                if (!row.isBlank()) {
                    int space = row.indexOf(' ');
                    int line = row.indexOf('\n');
                    rows.add(new ReachCase(
                            row.substring(0, space), row.substring(space + 1, line), row.substring(line + 1)));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
