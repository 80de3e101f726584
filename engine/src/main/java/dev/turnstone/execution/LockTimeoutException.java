package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import java.time.Duration;

/** Thrown when a lock could not be acquired in time, after all attempts. */
public final class LockTimeoutException extends TurnstoneException {

    private final int attempts;

    public LockTimeoutException(String what, int attempts, Duration waited, Throwable last) {
        super(
                "A lock for " + what + " was not acquired in time: " + attempts
                        + (attempts == 1 ? " attempt" : " attempts") + " within " + seconds(waited)
                        + ". The last attempt failed with:\n" + last.getMessage()
                        + "\nFind the session that holds the lock (on PostgreSQL: pg_blocking_pids), or set a longer lock"
                        + " timeout or more attempts, then repeat.",
                last);
        this.attempts = attempts;
    }

    private LockTimeoutException(String message, Throwable last) {
        super(message, last);
        this.attempts = 1;
    }

    /** The version table was locked for all of the time. */
    public static LockTimeoutException ofVersionTable(String table, Duration waited, String holders, Throwable last) {
        return new LockTimeoutException(
                "A lock on the version table " + table + " was not given within " + seconds(waited) + "; " + holders
                        + ". Nothing was changed. End that session, or allow a longer lock time-out; then repeat.",
                last);
    }

    private static String seconds(Duration waited) {
        return String.format(java.util.Locale.ROOT, "%.1f s", waited.toMillis() / 1000.0);
    }

    /** Returns the number of attempts. */
    public int attempts() {
        return attempts;
    }
}
