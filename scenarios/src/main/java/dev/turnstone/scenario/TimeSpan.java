package dev.turnstone.scenario;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations that users write. */
public final class TimeSpan {

    /** The system property, or configuration parameter, for the timeout of one command. */
    public static final String TIMEOUT = "turnstone.timeout";

    /** The system property for the timeout of a whole run of the command line. */
    public static final String RUN_TIMEOUT = "turnstone.run-timeout";

    /** The configuration parameter for the lock timeout that the tool sets in production. */
    public static final String LOCK_TIMEOUT = "turnstone.lock.timeout";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|)");

    private TimeSpan() {}

    /**
     * Parses a duration.
     *
     * @param text a number with the unit {@code ms}, {@code s}, {@code m} or {@code h}; a number without a unit is in
     *     seconds
     * @throws IllegalArgumentException if the text is no such duration, or zero
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration. Write a number above 0 with ms, s, m or h, such as 90s or 5m.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
