package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;

/** Thrown when a {@link StepHook} throws. */
public final class StepHookException extends TurnstoneException {

    private final transient RevisionId revision;

    public StepHookException(RevisionId revision, String moment, StateLeftBehind stateLeft, Exception cause) {
        super(
                "The hook that runs " + moment + " revision " + revision + " threw "
                        + cause.getClass().getSimpleName() + ":\n  " + cause.getMessage() + "\n" + stateLeft.message(),
                cause);
        this.revision = revision;
    }

    /** Returns the revision of the step. */
    public RevisionId revision() {
        return revision;
    }
}
