package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;

/** Thrown when the start of a script is missing or cannot be used without a connection. */
public final class OfflineRangeException extends TurnstoneException {

    private OfflineRangeException(String message) {
        super(message);
    }

    public static OfflineRangeException noStart(String target) {
        return new OfflineRangeException(
                "A downgrade script needs the version at which it starts, because it reads no database: "
                        + "FROM:TO, for example head:" + target + ". Nothing was written.");
    }

    public static OfflineRangeException relative(String target) {
        return new OfflineRangeException("A script cannot start at '" + target
                + "': the applied revisions are not known without a connection. Name a revision, head, heads or base."
                + " Nothing was written.");
    }
}
