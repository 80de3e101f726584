package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a relative target passes a fork or a merge, where several revisions could be next. */
public final class AmbiguousWalkException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> candidates;

    AmbiguousWalkException(String target, String from, List<Revision> candidates) {
        super("'" + target + "' is ambiguous: from " + from + ", " + candidates.size() + " revisions could be next.\n"
                + FormattedRevisions.listed(candidates)
                + "\nName one of these revisions, or the branch as in 'label@+1'.");
        this.target = target;
        this.candidates = FormattedRevisions.ids(candidates);
    }

    /** Returns the target as written. */
    public String target() {
        return target;
    }

    /** Returns the revisions that could be next, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
