package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import java.util.List;
import java.util.Map;

/**
 * Refuses options of a constraint or index that change which rows are allowed and that SQLite does not support, because
 * leaving them out would change the meaning silently. The storage options {@code method}, {@code include} and {@code
 * with} are left out, and so is {@code not valid}, because SQLite always checks all rows.
 */
final class UnsupportedOptions {

    private static final List<String> DEFERRABLE_OR_DISTINCT = List.of("deferrable", "nulls not distinct");

    private UnsupportedOptions() {}

    /**
     * Refuses unsupported options.
     *
     * @param what the object, for the message
     * @throws CannotRenderException if there is one
     */
    static void refuse(String what, Map<String, String> options) {
        for (String option : DEFERRABLE_OR_DISTINCT) {
            if (options.containsKey(option)) {
                throw new CannotRenderException(
                        "SQLite",
                        "create " + what + " with the option " + option,
                        option.equals("deferrable")
                                ? "SQLite checks each row immediately. Remove the option, or create it only if"
                                        + " op.dialect() is postgresql."
                                : "For SQLite, no NULL equals another. Create a unique index on coalesce(…) instead, or"
                                        + " create it only if op.dialect() is postgresql.");
            }
        }
    }
}
