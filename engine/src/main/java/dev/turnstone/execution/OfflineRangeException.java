package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a script is to begin nowhere, or where it cannot. */
public final class OfflineRangeException extends TurnstoneException {

    private OfflineRangeException(String message) {
        super(message);
    }

    static OfflineRangeException noStart(String target) {
        return new OfflineRangeException("A downgrade script must say where the database is, because nothing is asked: "
                + "FROM:TO, for example head:" + target + ". Nothing was written.");
    }

    static OfflineRangeException relative(String target) {
        return new OfflineRangeException("A script cannot begin at '" + target
                + "': what is applied is not known without a connection. Name a revision, head, heads or base."
                + " Nothing was written.");
    }
}
