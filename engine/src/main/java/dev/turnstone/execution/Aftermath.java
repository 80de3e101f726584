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

    /** The transaction of the whole run was rolled back. */
    static Aftermath runRolledBack(Set<RevisionId> version, String next) {
        return new Aftermath(
                true,
                "The whole run was rolled back, the revisions before this one too; the version is still "
                        + version(version) + ". " + next);
    }

    /** The connection was lost before anything of the revision was committed. */
    static Aftermath notBegun(Set<RevisionId> version) {
        return new Aftermath(true, "Nothing of the revision remains; the version is still " + version(version) + ".");
    }

    /** The revision does not run in one transaction, and these statements of it have been committed. */
    static Aftermath committed(List<SqlStatement> statements, Set<RevisionId> version, String next) {
        String position = "The version is still " + version(version) + ".";
        if (statements.isEmpty()) {
            return new Aftermath(
                    true,
                    "This run of the revision has left nothing. " + position
                            + " The revision does not run in one transaction: where a run before was cut off, what that"
                            + " one did is still there. "
                            + next);
        }
        return new Aftermath(
                false,
                "The revision does not run in one transaction, and what ran before remains:" + list(statements) + "\n"
                        + position + " Undo this by hand, or make the revision able to run again. " + next);
    }

    /**
     * The connection was lost while a revision ran that does not run in one transaction.
     *
     * @param committed what ran before
     * @param uncertain what was under way, and was committed or not
     */
    static Aftermath cut(List<SqlStatement> committed, List<SqlStatement> uncertain, Set<RevisionId> version) {
        StringBuilder words = new StringBuilder("The revision does not run in one transaction");
        if (!committed.isEmpty()) {
            words.append(", and what ran before remains:").append(list(committed));
        }
        if (!uncertain.isEmpty()) {
            words.append(committed.isEmpty() ? ". " : "\n")
                    .append("What was under way has taken effect or has not:")
                    .append(list(uncertain));
        }
        if (committed.isEmpty() && uncertain.isEmpty()) {
            words.append(". Nothing of this run remains.");
        }
        return new Aftermath(
                false,
                words + "\nThe version is still " + version(version)
                        + ". Undo this by hand, or make the revision able to run again.");
    }

    /** All of a revision has run that does not run in one transaction; its version row has perhaps not. */
    static Aftermath doneButNotNoted(Set<RevisionId> before, Set<RevisionId> after) {
        return new Aftermath(
                false,
                "All statements of the revision have run, and what they did remains; only the version was perhaps not"
                        + " written. Where 'current' still shows " + version(before) + ", 'stamp " + version(after)
                        + "' sets it, and nothing has to run again.");
    }

    private static String list(List<SqlStatement> statements) {
        String list = statements.stream()
                .limit(SHOWN)
                .map(s -> "\n  " + s.location() + "  "
                        + s.text().lines().findFirst().orElse(""))
                .collect(Collectors.joining());
        return list + (statements.size() > SHOWN ? "\n  … and " + (statements.size() - SHOWN) + " more" : "");
    }

    /** The same with a sentence more about something that remains. */
    Aftermath butRemains(String sentence) {
        return new Aftermath(false, words + " " + sentence);
    }
}
