package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;

/**
 * Thrown when a script cannot contain a step, because the statements of the step depend on the state of the database.
 */
public final class NeedsConnectionException extends TurnstoneException {

    private final transient Revision revision;

    public NeedsConnectionException(Revision revision, Direction direction, String reason) {
        super("Revision " + revision.id() + " (" + revision.origin() + ") needs a connection for its "
                + (direction == Direction.UPGRADE ? "upgrade" : "downgrade") + ": " + reason
                + ". The script ends before it; nothing was run. Run this revision on the database, and start the next"
                + " script after it; or use only guards that CREATE TABLE, ALTER TABLE and CREATE INDEX of earlier"
                + " revisions can answer.");
        this.revision = revision;
    }

    /** Returns the revision that needs a connection. */
    public Revision revision() {
        return revision;
    }
}
