package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;

/** Thrown before anything runs when a downgrade would revert a revision that is declared irreversible. */
public final class IrreversibleRevisionException extends TurnstoneException {

    private final String reason;

    public IrreversibleRevisionException(Revision revision, String reason) {
        super("Revision " + revision.id() + " (" + revision.origin() + ") is irreversible: "
                + (reason.matches("(?s).*[.!?]\\s*") ? reason.strip() : reason.strip() + ".")
                + " Nothing was run. Choose a target at or above it, or restore a backup.");
        this.reason = reason;
    }

    /** Returns the reason that the author gave. */
    public String reason() {
        return reason;
    }
}
