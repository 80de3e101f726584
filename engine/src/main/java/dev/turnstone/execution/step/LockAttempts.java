package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.StartLockTimeoutException;
import dev.turnstone.execution.LockTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats an action that failed because a lock was not acquired in time, after pauses that double each time. */
public final class LockAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(LockAttempts.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Dialect dialect;
    private final String subject;
    private final int maximum;
    private final long begin = System.nanoTime();
    private int made;

    /**
     * @param subject the subject of error messages, for example {@code revision c41d7be0a2f5}
     * @param maximum how many attempts are made, at least 1
     */
    public LockAttempts(Dialect dialect, String subject, int maximum) {
        this.dialect = dialect;
        this.subject = subject;
        this.maximum = maximum;
    }

    /** An action that may fail because it does not acquire a lock. */
    public interface Attempt<T> {
        T run() throws SQLException;

        /** Returns whether a failed attempt left nothing behind, so that it can run again. */
        boolean hasLeftNothing();
    }

    /**
     * Runs the action until it succeeds or fails for another reason than a lock.
     *
     * @throws LockTimeoutException if no attempt acquired the lock
     */
    public <T> T make(Attempt<T> attempt) throws SQLException {
        while (true) {
            made++;
            try {
                return attempt.run();
            } catch (SQLException | RuntimeException e) {
                if (!isLockTimeout(e) || !attempt.hasLeftNothing()) {
                    throw e;
                }
                if (made >= maximum) {
                    throw new LockTimeoutException(subject, made, Duration.ofNanos(System.nanoTime() - begin), e);
                }
                pause(e);
            }
        }
    }

    private boolean isLockTimeout(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartLockTimeoutException
                    || (each instanceof SQLException refusal && dialect.isLockTimeout(refusal))) {
                return true;
            }
        }
        return false;
    }

    private void pause(Exception failure) {
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(made - 1, 10));
        LOG.info(
                "A lock for {} was not acquired in time (attempt {} of {}); trying again in {} ms.",
                subject,
                made,
                maximum,
                pause);
        try {
            TimeUnit.MILLISECONDS.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeoutException(subject, made, Duration.ofNanos(System.nanoTime() - begin), failure);
        }
    }
}
