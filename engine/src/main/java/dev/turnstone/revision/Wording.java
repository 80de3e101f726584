package dev.turnstone.revision;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The parts that several messages of this package share. */
final class Wording {

    private static final int LONGEST_LIST = 20;

    private Wording() {}

    /** Each revision on a line of its own, indented, its message after its id. */
    static String listed(Collection<Revision> revisions) {
        String lines = revisions.stream()
                .limit(LONGEST_LIST)
                .map(revision -> ("  " + revision.id() + "  " + revision.message()).stripTrailing())
                .collect(Collectors.joining("\n"));
        int more = revisions.size() - LONGEST_LIST;
        return more > 0 ? lines + "\n  and " + more + " more" : lines;
    }

    /** Ids in quotes, separated by commas. */
    static String quoted(Collection<RevisionId> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    /** Where a revision is written: {@code b71c44de (AddCustomerEmail.java)}. */
    static String located(Revision revision) {
        return revision.id() + (revision.origin().isEmpty() ? "" : " (" + revision.origin() + ")");
    }

    static List<RevisionId> ids(Collection<Revision> revisions) {
        return revisions.stream().map(Revision::id).toList();
    }
}
