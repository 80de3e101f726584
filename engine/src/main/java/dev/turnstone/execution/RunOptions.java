package dev.turnstone.execution;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes about its steps. Immutable.
 *
 * @param transactions how revisions are put in transactions
 * @param lockTimeout how long a statement waits for a lock; null for the connection's own setting
 * @param statementTimeout how long a statement may run; null for the connection's own setting. SQLite has no such limit,
 *     and does not look at it
 * @param lockAttempts how often a step is tried where a lock is not given in time; at least 1
 * @param editedRevisions what is done about applied revisions that were edited later
 * @param hook the application's own part in each step
 */
public record RunOptions(
        Transactions transactions,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        int lockAttempts,
        EditedRevisions editedRevisions,
        StepHook hook) {

    /** What is done about applied revisions that were edited later. */
    public enum EditedRevisions {
        /** Nothing; {@code current -v} tells of them. */
        ALLOWED,
        /** Nothing runs while there is one. */
        REFUSED
    }

    /** A transaction for each revision, the connection's own time-outs, and five attempts. */
    public static final RunOptions DEFAULT =
            new RunOptions(Transactions.PER_REVISION, null, null, 5, EditedRevisions.ALLOWED, StepHook.NONE);

    /**
     * @throws IllegalArgumentException when a time-out is not at least a millisecond, or there is no attempt
     */
    public RunOptions {
        requirePositive("lock time-out", lockTimeout);
        requirePositive("statement time-out", statementTimeout);
        if (lockAttempts < 1) {
            throw new IllegalArgumentException("A step needs at least one attempt, not " + lockAttempts + ".");
        }
    }

    private static void requirePositive(String what, @Nullable Duration duration) {
        if (duration != null && (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "A " + what + " is at least a millisecond and at most 24 days, not " + duration + ".");
        }
    }

    /** The same with transactions of another kind. */
    public RunOptions with(Transactions other) {
        return new RunOptions(other, lockTimeout, statementTimeout, lockAttempts, editedRevisions, hook);
    }

    /** The same with another time to wait for a lock. */
    public RunOptions withLockTimeout(@Nullable Duration other) {
        return new RunOptions(transactions, other, statementTimeout, lockAttempts, editedRevisions, hook);
    }

    /** The same with another time for a statement to run. */
    public RunOptions withStatementTimeout(@Nullable Duration other) {
        return new RunOptions(transactions, lockTimeout, other, lockAttempts, editedRevisions, hook);
    }

    /** The same with another number of attempts. */
    public RunOptions withLockAttempts(int other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, other, editedRevisions, hook);
    }

    /** The same with another way to take edited revisions. */
    public RunOptions with(EditedRevisions other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, lockAttempts, other, hook);
    }

    /** The same with another hook. */
    public RunOptions with(StepHook other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, lockAttempts, editedRevisions, other);
    }
}
