package dev.turnstone.scenario;

import dev.turnstone.error.TurnstoneException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown when a command of a tool was cancelled because it exceeded its timeout. */
public final class TimeOutException extends TurnstoneException {

    private static final int SHOWN = 600;

    public TimeOutException(
            Duration time, String database, String statement, List<String> waits, @Nullable Throwable cause) {
        super(
                "It was cut on " + database + " after " + words(time) + ", while it ran\n"
                        + shortened(statement).indent(2)
                        + (waits.isEmpty()
                                ? ""
                                : "The server says:\n"
                                        + String.join("\n", waits).indent(2))
                        + (cause == null || cause.getMessage() == null
                                        ? ""
                                        : "It ended with:\n"
                                                + cause.getMessage().indent(2))
                                .stripTrailing(),
                cause);
    }

    private static String shortened(String sql) {
        return sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + "…";
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
