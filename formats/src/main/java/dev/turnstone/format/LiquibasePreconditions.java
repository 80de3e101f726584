package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.Preconditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the preconditions of a changeset while its file is parsed. */
final class LiquibasePreconditions {

    private static final Pattern SQL_CHECK =
            Pattern.compile("(?i)\\s*expectedResult:(\"[^\"]*\"|'[^']*'|\\S+)\\s+(\\S.*)");

    private record Asked(String kind, String text, Location location) {}

    private final List<Asked> asked = new ArrayList<>();
    private LiquibaseAttributes attributes = LiquibaseAttributes.parse("");
    private Location location = Location.of("");

    /** Parses the line {@code --preconditions onFail:HALT}. */
    void begin(String text, Location where) {
        attributes = LiquibaseAttributes.parse(text);
        location = where;
    }

    /** Parses a line {@code --precondition-KIND TEXT}. */
    void add(String kind, String text, Location where) {
        asked.add(new Asked(kind.toLowerCase(Locale.ROOT), text, where));
    }

    /**
     * Returns the preconditions.
     *
     * @throws MalformedMigrationFileException if Liquibase would refuse them
     */
    Optional<Preconditions> in(LiquibaseHistory history) {
        List<Preconditions.Check> checks =
                asked.stream().map(each -> check(each, history)).toList();
        Preconditions preconditions = new Preconditions(
                checks,
                value("onFail", Preconditions.Otherwise.class, Preconditions.Otherwise.HALT),
                value("onError", Preconditions.Otherwise.class, Preconditions.Otherwise.HALT),
                value(
                        attributes.get("onSqlOutput") == null ? "onUpdateSql" : "onSqlOutput",
                        Preconditions.InScripts.class,
                        Preconditions.InScripts.IGNORE));
        return checks.isEmpty() ? Optional.empty() : Optional.of(preconditions);
    }

    private <E extends Enum<E>> E value(String attribute, Class<E> values, E otherwise) {
        String given = attributes.get(attribute);
        return given == null
                ? otherwise
                : Arrays.stream(values.getEnumConstants())
                        .filter(value -> value.name().equalsIgnoreCase(given))
                        .findFirst()
                        .orElseThrow(() -> new MalformedMigrationFileException(
                                location,
                                attribute + ":" + given + " is unknown. Use one of "
                                        + Arrays.toString(values.getEnumConstants()) + "."));
    }

    private static Preconditions.Check check(Asked asked, LiquibaseHistory history) {
        String text =
                history.replaceIn(new SqlText(asked.text(), asked.location())).text();
        return switch (asked.kind()) {
            case "sql-check" -> sqlCheck(text, asked.location());
            case "table-exists" -> exists(Preconditions.Kind.TABLE, "table", text, asked.location());
            case "view-exists" -> exists(Preconditions.Kind.VIEW, "view", text, asked.location());
            default ->
                throw new MalformedMigrationFileException(
                        asked.location(),
                        "'--precondition-" + asked.kind()
                                + "' is not a precondition of formatted SQL. The preconditions are sql-check,"
                                + " table-exists and view-exists.");
        };
    }

    private static Preconditions.Check sqlCheck(String text, Location where) {
        Matcher matcher = SQL_CHECK.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedMigrationFileException(
                    where,
                    "'" + text.strip()
                            + "' is not a valid check. Write '--precondition-sql-check expectedResult:VALUE SELECT …' in"
                            + " one line.");
        }
        String expected = matcher.group(1);
        boolean quoted = expected.length() > 1 && (expected.startsWith("\"") || expected.startsWith("'"));
        String statement = matcher.group(2).strip();
        String query = statement.length() > 1 && statement.endsWith(";")
                ? statement.substring(0, statement.length() - 1).strip()
                : statement;
        return new Preconditions.Check(
                dialect -> query, quoted ? expected.substring(1, expected.length() - 1) : expected, where);
    }

    private static Preconditions.Check exists(Preconditions.Kind kind, String key, String text, Location where) {
        LiquibaseAttributes named = LiquibaseAttributes.parse(text);
        String name = named.get(key);
        if (name == null || name.isEmpty()) {
            throw new MalformedMigrationFileException(
                    where, "The " + key + " has no name. Write '--precondition-" + key + "-exists " + key + ":NAME'.");
        }
        String schema = named.get("schema");
        return Preconditions.Check.exists(kind, name, schema == null ? "" : schema, where);
    }
}
