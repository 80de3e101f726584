package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a failure left behind.
 *
 * @param rolledBack whether the whole revision is as if it had not begun
 * @param words the same for a person, as sentences
 */
record Aftermath(boolean rolledBack, String words) {

    private static final int SHOWN = 10;

    /** A version as words: its rows, or {@code base}. */
    static String version(Set<RevisionId> rows) {
        return rows.isEmpty() ? "base" : rows.stream().map(RevisionId::value).collect(Collectors.joining(", "));
    }

    /** The transaction of the whole revision was rolled back. */
    static Aftermath rolledBack(Set<RevisionId> version, String next) {
        return new Aftermath(
                true, "The revision was rolled back; the version is still " + version(version) + ". " + next);
    }

    /** The revision does not run in one transaction, and these statements of it have been committed. */
    static Aftermath committed(List<SqlStatement> statements, Set<RevisionId> version, String next) {
        String position = " The version is still " + version(version) + ".";
        if (statements.isEmpty()) {
            return new Aftermath(true, "Nothing of the revision remains." + position + " " + next);
        }
        String list = statements.stream()
                .limit(SHOWN)
                .map(s -> "\n  " + s.location() + "  "
                        + s.text().lines().findFirst().orElse(""))
                .collect(Collectors.joining());
        String more = statements.size() > SHOWN ? "\n  … and " + (statements.size() - SHOWN) + " more" : "";
        return new Aftermath(
                false,
                "The revision does not run in one transaction, and what ran before remains:" + list + more + "\n"
                        + position.strip()
                        + " Undo this by hand, or make the revision able to run again. " + next);
    }

    /** The same with a sentence more about something that remains. */
    Aftermath butRemains(String sentence) {
        return new Aftermath(false, words + " " + sentence);
    }
}
