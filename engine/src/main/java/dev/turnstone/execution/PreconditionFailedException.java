package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/** Thrown when a precondition of a revision does not hold, and its author wants the run to end there. */
public final class PreconditionFailedException extends TurnstoneException {

    private final transient RevisionId revision;

    PreconditionFailedException(RevisionId revision, String said, Aftermath aftermath, @Nullable Throwable cause) {
        super(said + "\n" + aftermath.words(), cause);
        this.revision = revision;
    }

    /** The revision; nothing of it has run. */
    public RevisionId revision() {
        return revision;
    }
}
