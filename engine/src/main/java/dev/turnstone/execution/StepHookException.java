package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;

/** Thrown when a {@link StepHook} throws. */
public final class StepHookException extends TurnstoneException {

    private final transient RevisionId revision;

    StepHookException(RevisionId revision, String moment, Aftermath aftermath, Exception cause) {
        super(
                "The hook that runs " + moment + " revision " + revision + " threw "
                        + cause.getClass().getSimpleName() + ":\n  " + cause.getMessage() + "\n" + aftermath.words(),
                cause);
        this.revision = revision;
    }

    /** The revision whose step it was. */
    public RevisionId revision() {
        return revision;
    }
}
