package dev.turnstone.execution.offline;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.TargetVersionException;
import dev.turnstone.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of SQLite or PostgreSQL for which a script is written. Statements that only later versions support are
 * rejected when the script is written. Immutable.
 *
 * <p>The versions are taken from the release notes of SQLite and PostgreSQL.
 */
public final class TargetVersion {

    private static final Pattern SPELLING = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){0,2}");

    /**
     * A form of statement, and the version that introduced it.
     *
     * @param since the version
     * @param beginning the first words of the statement
     * @param words the words that follow anywhere; may be empty
     */
    private record Form(String since, List<String> beginning, List<String> words) {

        boolean matches(SqlWords statement) {
            return statement.accepts(beginning.toArray(String[]::new))
                    && (words.isEmpty() || statement.contains(words.toArray(String[]::new)));
        }

        String text() {
            return String.join(
                    " ", Stream.concat(beginning.stream(), words.stream()).toList());
        }
    }

    private static final List<Form> SQLITE = List.of(
            form("3.24", "INSERT", "DO UPDATE"),
            form("3.24", "INSERT", "DO NOTHING"),
            form("3.25", "ALTER TABLE", "RENAME COLUMN"),
            form("3.31", "CREATE TABLE", "GENERATED ALWAYS"),
            form("3.31", "ALTER TABLE", "GENERATED ALWAYS"),
            form("3.33", "UPDATE", "FROM"),
            form("3.35", "ALTER TABLE", "DROP"),
            form("3.35", "INSERT", "RETURNING"),
            form("3.35", "UPDATE", "RETURNING"),
            form("3.35", "DELETE", "RETURNING"),
            form("3.37", "CREATE TABLE", ") STRICT"),
            form("3.37", "CREATE TABLE", ", STRICT"),
            form("3.53", "ALTER TABLE", "SET NOT NULL"),
            form("3.53", "ALTER TABLE", "ADD CONSTRAINT"),
            form("3.53", "ALTER TABLE", "ADD CHECK"));

    private static final List<Form> POSTGRESQL = List.of(
            form("9.6", "ALTER TABLE", "ADD COLUMN IF NOT EXISTS"),
            form("10", "CREATE TABLE", "AS IDENTITY"),
            form("10", "ALTER TABLE", "AS IDENTITY"),
            form("10", "CREATE TABLE", "PARTITION BY"),
            form("10", "CREATE STATISTICS", ""),
            form("10", "ALTER TYPE", "RENAME VALUE"),
            form("11", "CREATE PROCEDURE", ""),
            form("11", "CREATE INDEX", "INCLUDE"),
            form("11", "CREATE UNIQUE INDEX", "INCLUDE"),
            form("12", "CREATE TABLE", "STORED"),
            form("12", "ALTER TABLE", ") STORED"),
            form("12", "REINDEX", "CONCURRENTLY"),
            form("13", "ALTER TABLE", "DROP EXPRESSION"),
            form("14", "CREATE OR REPLACE TRIGGER", ""),
            form("14", "ALTER TABLE", "DETACH PARTITION CONCURRENTLY"),
            form("14", "CREATE FUNCTION", "BEGIN ATOMIC"),
            form("15", "CREATE TABLE", "NULLS NOT DISTINCT"),
            form("15", "ALTER TABLE", "NULLS NOT DISTINCT"),
            form("15", "CREATE UNIQUE INDEX", "NULLS NOT DISTINCT"),
            form("15", "MERGE INTO", ""),
            form("15", "CREATE VIEW", "SECURITY_INVOKER"),
            form("17", "ALTER TABLE", "SET EXPRESSION"),
            form("18", "CREATE TABLE", ") VIRTUAL"),
            form("18", "ALTER TABLE", ") VIRTUAL"),
            form("18", "ALTER TABLE", "NOT NULL NOT VALID"));

    private final String text;
    private final List<Integer> numbers;

    private TargetVersion(String text) {
        this.text = text;
        this.numbers = numbers(text);
    }

    private static Form form(String since, String beginning, String words) {
        return new Form(
                since, List.of(beginning.split(" ", -1)), words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
    }

    /**
     * Parses a version.
     *
     * @param text {@code 3.26}, {@code 3.35.5} or {@code 14}
     * @throws IllegalArgumentException if the text is not a version
     */
    public static TargetVersion parse(String text) {
        if (!SPELLING.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version. Write it as 3.26 (SQLite) or 14 (PostgreSQL).");
        }
        return new TargetVersion(text.strip());
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split("\\.", -1)) {
            numbers.add(Integer.valueOf(number));
        }
        return numbers;
    }

    private boolean isBefore(String since) {
        List<Integer> other = numbers(since);
        for (int i = 0; i < other.size(); i++) {
            int own = i < numbers.size() ? numbers.get(i) : 0;
            if (own != other.get(i)) {
                return own < other.get(i);
            }
        }
        return false;
    }

    /** @throws TargetVersionException for a statement that this version does not support */
    void check(Revision revision, SqlStatement statement, String dialect, String title) {
        for (Form form : dialect.equals("sqlite") ? SQLITE : POSTGRESQL) {
            if (isBefore(form.since()) && form.matches(SqlWords.of(statement.text()))) {
                throw new TargetVersionException(revision, statement, form.text(), title, form.since(), text);
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
