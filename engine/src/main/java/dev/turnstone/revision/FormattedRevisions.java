package dev.turnstone.revision;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Formats revisions for the messages of this package. */
final class FormattedRevisions {

    private static final int MAX_LISTED = 20;

    private FormattedRevisions() {}

    /** Returns each revision on its own indented line, with its message after its id. */
    static String listed(Collection<Revision> revisions) {
        String lines = revisions.stream()
                .limit(MAX_LISTED)
                .map(revision -> ("  " + revision.id() + "  " + revision.message()).stripTrailing())
                .collect(Collectors.joining("\n"));
        int more = revisions.size() - MAX_LISTED;
        return more > 0 ? lines + "\n  and " + more + " more" : lines;
    }

    /** Returns ids in quotes, separated by commas. */
    static String quoted(Collection<RevisionId> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    /** Returns a revision with its origin: {@code b71c44de (AddCustomerEmail.java)}. */
    static String located(Revision revision) {
        return revision.id() + (revision.origin().isEmpty() ? "" : " (" + revision.origin() + ")");
    }

    static List<RevisionId> ids(Collection<Revision> revisions) {
        return revisions.stream().map(Revision::id).toList();
    }
}
