package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import java.util.List;
import java.util.Map;

/**
 * Options of a constraint or index that change which rows are allowed, and that SQLite does not have: left out, they would
 * be lost without a word. Those about storage ({@code method}, {@code include}, {@code with}) are left out, and so is
 * {@code not valid}: SQLite looks at all rows at once.
 */
final class WithoutCounterpart {

    private static final List<String> DEFERRABLE_OR_DISTINCT = List.of("deferrable", "nulls not distinct");

    private WithoutCounterpart() {}

    /**
     * Refuses such an option.
     *
     * @param what what it belongs to
     * @throws CannotRenderException when there is one
     */
    static void refuse(String what, Map<String, String> options) {
        for (String option : DEFERRABLE_OR_DISTINCT) {
            if (options.containsKey(option)) {
                throw new CannotRenderException(
                        "SQLite",
                        "make " + what + " with: " + option,
                        option.equals("deferrable")
                                ? "It looks at each row at once. Leave that out, or make it where op.dialect() is"
                                        + " postgresql only."
                                : "To it, no NULL equals another. Make a unique index on coalesce(…) in its place, or"
                                        + " make it where op.dialect() is postgresql only.");
            }
        }
    }
}
