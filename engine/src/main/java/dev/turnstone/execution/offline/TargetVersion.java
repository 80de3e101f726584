package dev.turnstone.execution.offline;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.VersionedForm;
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

    private final String text;
    private final List<Integer> numbers;

    private TargetVersion(String text) {
        this.text = text;
        this.numbers = numbers(text);
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
    void check(Revision revision, SqlStatement statement, Dialect dialect) {
        for (VersionedForm form : dialect.versionedForms()) {
            if (isBefore(form.since()) && matches(SqlWords.of(statement.text()), form)) {
                throw new TargetVersionException(revision, statement, text(form), dialect.title(), form.since(), text);
            }
        }
    }

    private static boolean matches(SqlWords statement, VersionedForm form) {
        return statement.accepts(form.beginning().toArray(String[]::new))
                && (form.words().isEmpty() || statement.contains(form.words().toArray(String[]::new)));
    }

    private static String text(VersionedForm form) {
        return String.join(
                " ",
                Stream.concat(form.beginning().stream(), form.words().stream()).toList());
    }

    @Override
    public String toString() {
        return text;
    }
}
