package dev.turnstone.format;

import dev.turnstone.operation.Location;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $V}, {@code ${V}}, {@code ${V:-default}}, {@code ${V-default}} and {@code ${V?message}} by values
 * that the user gave, or else by values of the environment. A variable without a value is an error, although goose uses
 * an empty string.
 */
final class EnvironmentVariables {

    /** A variable without braces, in the part of a line after its last closing brace. */
    private static final Pattern WITHOUT_BRACES = Pattern.compile("\\$([A-Za-z_]\\w*)()()()");

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?:(:?[-?])([^}]*))?\\})");

    private final Map<String, String> given;
    private final Map<String, String> environment;

    EnvironmentVariables(Map<String, String> given, Map<String, String> environment) {
        this.given = Map.copyOf(given);
        this.environment = environment;
    }

    String replaceIn(String line, Location location) {
        int behindBraces = line.lastIndexOf('}') + 1;
        return replaceIn(line.substring(0, behindBraces), VARIABLE, location)
                + replaceIn(line.substring(behindBraces), WITHOUT_BRACES, location);
    }

    private String replaceIn(String part, Pattern variable, Location location) {
        return variable.matcher(part).replaceAll(found -> Matcher.quoteReplacement(value((Matcher) found, location)));
    }

    private String value(Matcher found, Location location) {
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        String operator = found.group(3) == null ? "" : found.group(3);
        String rest = found.group(4) == null ? "" : found.group(4);
        @Nullable String value = given.containsKey(name) ? given.get(name) : environment.get(name);
        if (value != null && !(value.isEmpty() && operator.startsWith(":"))) {
            return value;
        }
        if (operator.endsWith("-")) {
            return rest;
        }
        throw new MissingPlaceholderException(location, name, operator.endsWith("?") ? rest : "");
    }
}
