package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when steps are counted from what is applied, and that is several revisions. */
public final class AmbiguousCurrentException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> candidates;

    AmbiguousCurrentException(String target, List<Revision> candidates) {
        super("'" + target + "' is ambiguous: " + candidates.size() + " revisions are current.\n"
                + Wording.listed(candidates)
                + "\nName the branch as in 'label@+1', or count from a revision as in '"
                + candidates.get(0).id()
                + "+1'.");
        this.target = target;
        this.candidates = Wording.ids(candidates);
    }

    /** The target as written. */
    public String target() {
        return target;
    }

    /** The revisions that it could start from, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
