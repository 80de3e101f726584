package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a branch label is also a label or the id of another revision. */
public final class DuplicateLabelException extends TurnstoneException {

    private final String label;
    private final List<RevisionId> revisions;

    DuplicateLabelException(String label, Revision first, Revision second) {
        super(
                "Branch label '" + label + "' of revision " + FormattedRevisions.located(second) + " is already "
                        + (first.id().value().equals(label) ? "the id" : "a label") + " of revision "
                        + FormattedRevisions.located(first)
                        + ".\nGive one of them another label. A label also covers all descendants of its revision, so they do not repeat it.");
        this.label = label;
        this.revisions = List.of(first.id(), second.id());
    }

    /** Returns the label that is not unique. */
    public String label() {
        return label;
    }

    /** Returns the two revisions that use it. */
    public List<RevisionId> revisions() {
        return revisions;
    }
}
