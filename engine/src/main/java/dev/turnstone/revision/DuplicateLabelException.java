package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a branch label is also the label of another revision, or a revision's id. */
public final class DuplicateLabelException extends TurnstoneException {

    private final String label;
    private final List<RevisionId> revisions;

    DuplicateLabelException(String label, Revision first, Revision second) {
        super("Branch label '" + label + "' of revision " + Wording.located(second) + " is already "
                + (first.id().value().equals(label) ? "the id" : "a label") + " of revision " + Wording.located(first)
                + ".\nGive one of them another label: a label covers the revisions after its own by itself.");
        this.label = label;
        this.revisions = List.of(first.id(), second.id());
    }

    /** The label that is not unique. */
    public String label() {
        return label;
    }

    /** The two revisions that claim it. */
    public List<RevisionId> revisions() {
        return revisions;
    }
}
