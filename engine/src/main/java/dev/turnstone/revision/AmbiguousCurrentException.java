package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a target counts steps from the applied revisions, and several revisions are current. */
public final class AmbiguousCurrentException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> candidates;

    AmbiguousCurrentException(String target, List<Revision> candidates) {
        super("'" + target + "' is ambiguous: " + candidates.size() + " revisions are current.\n"
                + FormattedRevisions.listed(candidates)
                + "\nName the branch as in 'label@+1', or count from a revision as in '"
                + candidates.get(0).id()
                + "+1'.");
        this.target = target;
        this.candidates = FormattedRevisions.ids(candidates);
    }

    /** Returns the target as written. */
    public String target() {
        return target;
    }

    /** Returns the revisions that the steps could start from, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
