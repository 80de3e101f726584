package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a number of steps passes a fork or a merge, where several ways go on. */
public final class AmbiguousWalkException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> candidates;

    AmbiguousWalkException(String target, String from, List<Revision> candidates) {
        super("'" + target + "' is ambiguous: from " + from + ", " + candidates.size() + " ways go on.\n"
                + Wording.listed(candidates)
                + "\nName the revision that you mean, or the branch as in 'label@+1'.");
        this.target = target;
        this.candidates = Wording.ids(candidates);
    }

    /** The target as written. */
    public String target() {
        return target;
    }

    /** The revisions that could be next, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
