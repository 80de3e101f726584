package dev.turnstone.scenario;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as users write them. */
public final class TimeSpan {

    /** The property, or configuration parameter, that says how long one command may take. */
    public static final String TIMEOUT = "turnstone.timeout";

    /** The property that says how long a whole run of the command line may take. */
    public static final String RUN_TIMEOUT = "turnstone.run-timeout";

    /** The configuration parameter that says how long the tool lets a statement wait for a lock where it is used. */
    public static final String LOCK_TIMEOUT = "turnstone.lock.timeout";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|)");

    private TimeSpan() {}

    /**
     * Reads a time.
     *
     * @param text a number with {@code ms}, {@code s}, {@code m} or {@code h}; seconds without
     * @throws IllegalArgumentException when it is no such time, or zero
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
