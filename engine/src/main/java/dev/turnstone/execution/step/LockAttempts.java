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

/** Tries again, after longer and longer pauses, what failed because a lock was not given in time. */
public final class LockAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(LockAttempts.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Dialect dialect;
    private final String what;
    private final int most;
    private final long begin = System.nanoTime();
    private int made;

    /**
     * @param what is tried, as an error says it: {@code revision c41d7be0a2f5}
     * @param most how many attempts there are
     */
    public LockAttempts(Dialect dialect, String what, int most) {
        this.dialect = dialect;
        this.what = what;
        this.most = most;
    }

    /** Something that may fail for a lock, and that then has left nothing. */
    public interface Attempt<T> {
        T run() throws SQLException;

        /** Whether a failed attempt has left nothing, so that it can be made again. */
        boolean hasLeftNothing();
    }

    public <T> T make(Attempt<T> attempt) throws SQLException {
        while (true) {
            made++;
            try {
                return attempt.run();
            } catch (SQLException | RuntimeException e) {
                if (!isForLock(e) || !attempt.hasLeftNothing()) {
                    throw e;
                }
                if (made >= most) {
                    throw new LockTimeoutException(what, made, Duration.ofNanos(System.nanoTime() - begin), e);
                }
                pause(e);
            }
        }
    }

    private boolean isForLock(@Nullable Throwable failure) {
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
                "A lock for {} was not given in time (attempt {} of {}); trying again in {} ms.",
                what,
                made,
                most,
                pause);
        try {
            TimeUnit.MILLISECONDS.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeoutException(what, made, Duration.ofNanos(System.nanoTime() - begin), failure);
        }
    }
}
