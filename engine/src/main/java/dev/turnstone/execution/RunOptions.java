package dev.turnstone.execution;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a run. Immutable.
 *
 * @param transactions how revisions are grouped into transactions
 * @param lockTimeout how long a statement waits for a lock; null for the connection's own setting
 * @param statementTimeout how long a statement may run; null for the connection's own setting. SQLite has no such
 *     limit and ignores it
 * @param lockAttempts how often a step is tried if a lock is not acquired in time; at least 1
 * @param editedRevisions how applied revisions that were edited later are handled
 * @param hook code of the application that runs in each step
 */
public record RunOptions(
        Transactions transactions,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        int lockAttempts,
        EditedRevisions editedRevisions,
        StepHook hook) {

    /** How applied revisions that were edited later are handled. */
    public enum EditedRevisions {
        /** They are allowed; {@code current -v} lists them. */
        ALLOWED,
        /** Nothing runs if there is one. */
        REFUSED
    }

    /** One transaction for each revision, the connection's own timeouts, and five attempts. */
    public static final RunOptions DEFAULT =
            new RunOptions(Transactions.PER_REVISION, null, null, 5, EditedRevisions.ALLOWED, StepHook.NONE);

    /**
     * @throws IllegalArgumentException if a timeout is less than a millisecond or more than 24 days, or
     *     {@code lockAttempts} is less than 1
     */
    public RunOptions {
        requirePositive("lock timeout", lockTimeout);
        requirePositive("statement timeout", statementTimeout);
        if (lockAttempts < 1) {
            throw new IllegalArgumentException("A step needs at least one attempt, not " + lockAttempts + ".");
        }
    }

    private static void requirePositive(String what, @Nullable Duration duration) {
        if (duration != null && (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "A " + what + " must be between 1 millisecond and 24 days, not " + duration + ".");
        }
    }

    /** Returns a copy with other transactions. */
    public RunOptions with(Transactions other) {
        return new RunOptions(other, lockTimeout, statementTimeout, lockAttempts, editedRevisions, hook);
    }

    /** Returns a copy with another lock timeout. */
    public RunOptions withLockTimeout(@Nullable Duration other) {
        return new RunOptions(transactions, other, statementTimeout, lockAttempts, editedRevisions, hook);
    }

    /** Returns a copy with another statement timeout. */
    public RunOptions withStatementTimeout(@Nullable Duration other) {
        return new RunOptions(transactions, lockTimeout, other, lockAttempts, editedRevisions, hook);
    }

    /** Returns a copy with another number of attempts. */
    public RunOptions withLockAttempts(int other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, other, editedRevisions, hook);
    }

    /** Returns a copy that handles edited revisions in another way. */
    public RunOptions with(EditedRevisions other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, lockAttempts, other, hook);
    }

    /** Returns a copy with another hook. */
    public RunOptions with(StepHook other) {
        return new RunOptions(transactions, lockTimeout, statementTimeout, lockAttempts, editedRevisions, other);
    }
}
