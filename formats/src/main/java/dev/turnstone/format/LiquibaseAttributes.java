package dev.turnstone.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attributes after a changeset's name: {@code runInTransaction:false dbms:postgresql,sqlite}. */
record LiquibaseAttributes(Map<String, String> values) {

    private static final Pattern ATTRIBUTE = Pattern.compile("(?<!\\w)(\\w++):(\"[^\"]*\"|'[^']*'|\\S*)");

    static LiquibaseAttributes parse(String text) {
        Map<String, String> values = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2);
            boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
            values.put(
                    matcher.group(1).toLowerCase(Locale.ROOT), quoted ? value.substring(1, value.length() - 1) : value);
        }
        return new LiquibaseAttributes(Map.copyOf(values));
    }

    @Nullable
    String get(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    boolean is(String name, boolean otherwise) {
        String value = get(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    /** Returns whether {@code dbms} allows a changeset on a dialect. Without {@code dbms}, all dialects are allowed. */
    boolean runsOn(String dialect) {
        String dbms = get("dbms");
        if (dbms == null || dbms.isBlank()) {
            return true;
        }
        boolean anyNamed = false;
        boolean named = false;
        for (String entry : dbms.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = entry.strip();
            if (name.equals("!" + dialect) || name.equals("none")) {
                return false;
            }
            if (!name.startsWith("!") && !name.isEmpty()) {
                anyNamed = true;
                named |= name.equals(dialect) || name.equals("all");
            }
        }
        return named || !anyNamed;
    }
}
