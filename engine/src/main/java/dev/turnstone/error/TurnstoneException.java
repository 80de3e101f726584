package dev.turnstone.error;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The base class of all failures that Turnstone reports.
 *
 * <p>A message states what failed, where, with which values, which state was left behind, and what to do next.
 * Subclasses carry the same facts as data.
 */
public abstract class TurnstoneException extends RuntimeException {

    /** @param message the complete message for a reader; it may have several lines */
    protected TurnstoneException(String message) {
        super(message);
    }

    /**
     * @param message the complete message for a reader; it may have several lines
     * @param cause the exception of the database or the file system, or null
     */
    protected TurnstoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns the kind of failure for programs, in lower case with hyphens. For example, {@code UnknownParentException}
     * is {@code unknown-parent}.
     *
     * @return the simple class name without {@code Exception}, in kebab case
     */
    public String kind() {
        String name = getClass().getSimpleName().replaceFirst("Exception$", "");
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
