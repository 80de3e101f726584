package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${name}} in a file of Flyway. Flyway's built-in placeholders have values if these need no database.
 */
final class FlywayPlaceholders {

    /** A match whose second group has no brace is no placeholder. It still matches, so that matching takes linear time. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}\\s]++)(\\}?+)");

    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    FlywayPlaceholders(Map<String, String> given) {
        values.put("flyway:table", "flyway_schema_history");
        values.putAll(given);
    }

    SqlText replaceIn(SqlText file) {
        String origin = file.start().origin();
        values.putIfAbsent("flyway:filename", origin.substring(origin.lastIndexOf('/') + 1));
        Matcher matcher = PLACEHOLDER.matcher(file.text());
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            if (matcher.group(2).isEmpty()) {
                continue;
            }
            String value = values.get(matcher.group(1));
            if (value == null) {
                String builtIn = matcher.group(1).toLowerCase(Locale.ROOT).startsWith("flyway:")
                        ? "Flyway reads it from its own connection or settings"
                        : "";
                throw new MissingPlaceholderException(at(file, matcher.start()), matcher.group(1), builtIn);
            }
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(replaced);
        return new SqlText(replaced.toString(), file.start());
    }

    private static Location at(SqlText file, int index) {
        String before = file.text().substring(0, index);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Location(file.start().origin(), 1 + line, index - before.lastIndexOf('\n'));
    }
}
