package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/** Thrown when a precondition of a revision fails, and its author requires the run to end. */
public final class PreconditionFailedException extends TurnstoneException {

    private final transient RevisionId revision;

    public PreconditionFailedException(
            RevisionId revision, String failure, StateLeftBehind stateLeft, @Nullable Throwable cause) {
        super(failure + "\n" + stateLeft.message(), cause);
        this.revision = revision;
    }

    /** Returns the revision. Its body did not run. */
    public RevisionId revision() {
        return revision;
    }
}
