package dev.turnstone.error;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The root of all failures that Turnstone itself reports.
 *
 * <p>A message says what failed, where, with which values, what state was left behind, and what to do next. Subclasses
 * carry the same facts as data.
 */
public abstract class TurnstoneException extends RuntimeException {

    /**
     * @param message the complete message for a person; several lines where that reads better
     */
    protected TurnstoneException(String message) {
        super(message);
    }

    /**
     * @param message the complete message for a person; several lines where that reads better
     * @param cause what the database or the file system said, or null
     */
    protected TurnstoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Names the case for programs, in lower case with hyphens: {@code UnknownParentException} is {@code
     * unknown-parent}.
     *
     * @return the simple class name without {@code Exception}, in kebab case
     */
    public String kind() {
        String name = getClass().getSimpleName().replaceFirst("Exception$", "");
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
