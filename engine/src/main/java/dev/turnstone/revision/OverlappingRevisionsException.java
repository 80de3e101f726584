package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when the version table names a revision and one that comes before it. */
public final class OverlappingRevisionsException extends TurnstoneException {

    private final RevisionId revision;
    private final List<RevisionId> covered;

    OverlappingRevisionsException(RevisionId revision, List<RevisionId> covered) {
        super("The version table names '" + revision + "' and also " + Wording.quoted(covered)
                + ", which it already includes.\nDelete the row" + (covered.size() == 1 ? "" : "s") + " of "
                + Wording.quoted(covered) + ", or stamp anew with --purge.");
        this.revision = revision;
        this.covered = List.copyOf(covered);
    }

    /** The later revision. */
    public RevisionId revision() {
        return revision;
    }

    /** The rows that it includes, sorted by id. */
    public List<RevisionId> covered() {
        return covered;
    }
}
