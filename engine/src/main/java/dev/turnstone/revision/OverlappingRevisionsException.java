package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when the version table names a revision and one of its ancestors. */
public final class OverlappingRevisionsException extends TurnstoneException {

    private final RevisionId revision;
    private final List<RevisionId> covered;

    OverlappingRevisionsException(RevisionId revision, List<RevisionId> covered) {
        super("The version table names '" + revision + "' and also " + FormattedRevisions.quoted(covered)
                + ", which it already includes.\nDelete the row" + (covered.size() == 1 ? "" : "s") + " of "
                + FormattedRevisions.quoted(covered) + ", or replace all rows with stamp --purge.");
        this.revision = revision;
        this.covered = List.copyOf(covered);
    }

    /** Returns the later revision. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns the rows of its ancestors, sorted by id. */
    public List<RevisionId> covered() {
        return covered;
    }
}
