package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import java.time.Duration;

/** Thrown when another start holds the start lock for longer than the timeout. */
public final class StartLockTimeoutException extends TurnstoneException {

    /**
     * @param holder the session that holds the lock, as far as the server reports it
     * @param waited how long this start waited
     */
    public StartLockTimeoutException(String holder, Duration waited) {
        super("Another start has been migrating this database for " + waited.toSeconds() + " s (" + holder
                + "). Nothing was run here. Find out what that start waits for, or end it, then start again.");
    }
}
