package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a target must be one revision, and there are several heads. */
public final class MultipleHeadsException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> heads;

    MultipleHeadsException(String purpose, String target, List<Revision> heads) {
        super("Cannot " + purpose + " '" + target + "': there are " + heads.size() + " heads.\n"
                + FormattedRevisions.listed(heads) + "\nCreate a merge revision with "
                + (heads.size() == 2 ? "both" : "all of them")
                + " as parents, or name one as the target: by its id, as 'label@head', or 'heads' for all.");
        this.target = target;
        this.heads = FormattedRevisions.ids(heads);
    }

    /** Returns the target as written. */
    public String target() {
        return target;
    }

    /** Returns the heads, sorted by id. */
    public List<RevisionId> heads() {
        return heads;
    }
}
