package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;

/** Thrown when a script cannot hold a step, because what the step does depends on what only the database knows. */
public final class NeedsConnectionException extends TurnstoneException {

    private final transient Revision revision;

    NeedsConnectionException(Revision revision, Direction direction, String reason) {
        super(
                "Revision " + revision.id() + " (" + revision.origin() + ") needs a connection for its "
                        + (direction == Direction.UPGRADE ? "upgrade" : "downgrade") + ": " + reason
                        + ". The script ends before it; nothing was run. Run this revision on the database, and go on with a"
                        + " script from there; or ask what CREATE TABLE, ALTER TABLE and CREATE INDEX of earlier revisions tell.");
        this.revision = revision;
    }

    /** The revision. */
    public Revision revision() {
        return revision;
    }
}
