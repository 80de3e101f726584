package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;

/** Thrown when the Java code of a migration throws an exception of its own. */
public final class MigrationCodeException extends TurnstoneException {

    private final transient RevisionId revision;

    public MigrationCodeException(
            Revision revision, Direction direction, StateLeftBehind stateLeft, RuntimeException cause) {
        super(
                "Revision " + revision.id() + " (" + revision.origin() + ") threw "
                        + cause.getClass().getSimpleName() + " in its "
                        + (direction == Direction.UPGRADE ? "upgrade" : "downgrade") + ":\n  " + cause.getMessage()
                        + "\n" + stateLeft.message(),
                cause);
        this.revision = revision.id();
    }

    /** Returns the revision whose code failed. */
    public RevisionId revision() {
        return revision;
    }
}
