package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when the parent of a new revision already has a child. */
public final class NotAHeadException extends TurnstoneException {

    private final RevisionId revision;

    NotAHeadException(Revision revision, List<Revision> children) {
        super("Revision '" + revision.id() + "' is not a head; it is followed by:\n"
                + FormattedRevisions.listed(children) + "\nName a head, or pass --splice to start a new branch here.");
        this.revision = revision.id();
    }

    /** Returns the revision that is not a head. */
    public RevisionId revision() {
        return revision;
    }
}
