package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state that a failure left behind.
 *
 * @param rolledBack whether the database is in the same state as before the revision
 * @param message the same for a reader, as sentences
 */
public record StateLeftBehind(boolean rolledBack, String message) {

    private static final int MAX_LISTED = 10;

    /** Formats a version: its rows, or {@code base}. */
    public static String version(Set<RevisionId> rows) {
        return rows.isEmpty() ? "base" : rows.stream().map(RevisionId::value).collect(Collectors.joining(", "));
    }

    /** The transaction of the revision was rolled back. */
    public static StateLeftBehind rolledBack(Set<RevisionId> version, String next) {
        return new StateLeftBehind(
                true, "The revision was rolled back; the version is still " + version(version) + ". " + next);
    }

    /** The transaction of the whole run was rolled back. */
    public static StateLeftBehind runRolledBack(Set<RevisionId> version, String next) {
        return new StateLeftBehind(
                true,
                "The whole run was rolled back, including the previous revisions; the version is still "
                        + version(version) + ". " + next);
    }

    /** The connection was lost before any statement of the revision was committed. */
    public static StateLeftBehind notBegun(Set<RevisionId> version) {
        return new StateLeftBehind(
                true, "Nothing of the revision remains; the version is still " + version(version) + ".");
    }

    /** The revision does not run in one transaction, and these statements were committed. */
    public static StateLeftBehind committed(List<SqlStatement> statements, Set<RevisionId> version, String next) {
        String position = "The version is still " + version(version) + ".";
        if (statements.isEmpty()) {
            return new StateLeftBehind(
                    true,
                    "This run of the revision changed nothing. " + position
                            + " The revision does not run in one transaction, so statements of an earlier, interrupted"
                            + " run may remain in effect. "
                            + next);
        }
        return new StateLeftBehind(
                false,
                "The revision does not run in one transaction. These statements remain in effect:" + list(statements)
                        + "\n" + position + " Undo them by hand, or change the revision so that it can run again. "
                        + next);
    }

    /**
     * The connection was lost during a revision that does not run in one transaction.
     *
     * @param committed the statements that were committed
     * @param uncertain the statements that may or may not have been committed
     */
    public static StateLeftBehind cut(
            List<SqlStatement> committed, List<SqlStatement> uncertain, Set<RevisionId> version) {
        StringBuilder message = new StringBuilder("The revision does not run in one transaction");
        if (!committed.isEmpty()) {
            message.append(". These statements remain in effect:").append(list(committed));
        }
        if (!uncertain.isEmpty()) {
            message.append(committed.isEmpty() ? ". " : "\n")
                    .append("These statements may or may not have taken effect:")
                    .append(list(uncertain));
        }
        if (committed.isEmpty() && uncertain.isEmpty()) {
            message.append(". Nothing of this run remains.");
        }
        return new StateLeftBehind(
                false,
                message + "\nThe version is still " + version(version)
                        + ". Undo them by hand, or change the revision so that it can run again.");
    }

    /**
     * All statements of a revision ran that does not run in one transaction; its version row may not have been written.
     */
    public static StateLeftBehind doneButNotRecorded(Set<RevisionId> before, Set<RevisionId> after) {
        return new StateLeftBehind(
                false,
                "All statements of the revision ran, and their effects remain. Only the version may not have been"
                        + " written. If 'current' still shows " + version(before) + ", 'stamp " + version(after)
                        + "' sets it, and no statement has to run again.");
    }

    private static String list(List<SqlStatement> statements) {
        String list = statements.stream()
                .limit(MAX_LISTED)
                .map(s -> "\n  " + s.location() + "  "
                        + s.text().lines().findFirst().orElse(""))
                .collect(Collectors.joining());
        return list + (statements.size() > MAX_LISTED ? "\n  … and " + (statements.size() - MAX_LISTED) + " more" : "");
    }

    /** Returns a copy with one more sentence about a remaining effect. */
    public StateLeftBehind withRemaining(String sentence) {
        return new StateLeftBehind(false, message + " " + sentence);
    }
}
