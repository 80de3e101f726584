package dev.turnstone.format;

import dev.turnstone.operation.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The changesets and properties of all files that have been parsed. The first value of a property counts. */
final class LiquibaseHistory {

    /** A match whose second group has no brace is no placeholder. It still matches, so that matching takes linear time. */
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}\\s]++)(\\}?+)");

    private final List<LiquibaseChangeset> changesets = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();

    LiquibaseHistory(Map<String, String> given) {
        properties.putAll(given);
    }

    void add(LiquibaseChangeset changeset) {
        changesets.add(changeset);
    }

    void define(String name, String value) {
        properties.putIfAbsent(name, value);
    }

    List<LiquibaseChangeset> changesets() {
        return List.copyOf(changesets);
    }

    Optional<LiquibaseChangeset> find(String author, String id) {
        return changesets.stream()
                .filter(changeset -> changeset.id().equals(author + ":" + id))
                .findFirst();
    }

    /** Replaces the known properties. Liquibase leaves unknown ones unchanged. */
    SqlText replaceIn(SqlText sql) {
        Matcher matcher = PROPERTY.matcher(sql.text());
        return new SqlText(
                matcher.replaceAll(found -> Matcher.quoteReplacement(
                        found.group(2).isEmpty()
                                ? found.group()
                                : properties.getOrDefault(found.group(1), found.group()))),
                sql.start());
    }
}
