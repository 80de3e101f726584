package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import java.time.Duration;

/** Thrown when another start migrates for longer than this one is willing to wait. */
public final class StartLockTimeoutException extends TurnstoneException {

    /**
     * @param holder who holds the lock, as far as the server tells
     * @param waited how long this start has waited
     */
    public StartLockTimeoutException(String holder, Duration waited) {
        super("Another start has been migrating this database for " + waited.toSeconds() + " s (" + holder
                + "). Nothing was run here. Look at what it waits for, or end it, then start again.");
    }
}
