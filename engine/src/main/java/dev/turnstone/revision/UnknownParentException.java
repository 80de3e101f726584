package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a revision names a parent that no revision defines. */
public final class UnknownParentException extends TurnstoneException {

    private final RevisionId revision;
    private final RevisionId parent;

    UnknownParentException(Revision revision, RevisionId parent, List<NearMatch> closest) {
        super(("Revision " + FormattedRevisions.located(revision) + " names parent '" + parent
                        + "', which no revision defines.\n"
                        + (closest.isEmpty()
                                ? "Add the missing file, or correct the parent."
                                : NearMatch.sentence(closest)))
                .strip());
        this.revision = revision.id();
        this.parent = parent;
    }

    /** Returns the revision with the parent. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns the parent that does not exist. */
    public RevisionId parent() {
        return parent;
    }
}
