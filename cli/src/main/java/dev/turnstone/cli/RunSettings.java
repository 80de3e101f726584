package dev.turnstone.cli;

import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.RunOptions.EditedRevisions;
import dev.turnstone.execution.Transactions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How revisions are run. A null component is not set.
 *
 * @param transaction {@code revision}, {@code run} or {@code none}
 * @param lockTimeout how long to wait for a lock, such as {@code 500ms}
 * @param statementTimeout how long a statement may run, such as {@code 2min}
 * @param lockAttempts how many times a step is tried if a lock times out
 * @param refuseEdited whether nothing runs if an applied revision was edited later
 */
record RunSettings(
        @Nullable String transaction,
        @Nullable String lockTimeout,
        @Nullable String statementTimeout,
        @Nullable Integer lockAttempts,
        @Nullable Boolean refuseEdited) {

    static final RunSettings NONE = new RunSettings(null, null, null, null, null);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min)");

    /** Returns these settings, overridden by those that {@code stronger} sets. */
    RunSettings overriddenBy(RunSettings stronger) {
        return new RunSettings(
                EngineSettings.first(stronger.transaction, transaction),
                EngineSettings.first(stronger.lockTimeout, lockTimeout),
                EngineSettings.first(stronger.statementTimeout, statementTimeout),
                EngineSettings.first(stronger.lockAttempts, lockAttempts),
                EngineSettings.first(stronger.refuseEdited, refuseEdited));
    }

    /**
     * Converts these settings to the engine's options.
     *
     * @throws BadOptionException when a value is invalid
     */
    RunOptions options() {
        RunOptions options = RunOptions.DEFAULT
                .with(transactions())
                .withLockTimeout(duration("lock-timeout", lockTimeout))
                .withStatementTimeout(duration("statement-timeout", statementTimeout))
                .with(Boolean.TRUE.equals(refuseEdited) ? EditedRevisions.REFUSED : EditedRevisions.ALLOWED);
        if (lockAttempts != null && lockAttempts < 1) {
            throw new BadOptionException("lock-attempts must be at least 1, not " + lockAttempts + ".");
        }
        return lockAttempts == null ? options : options.withLockAttempts(lockAttempts);
    }

    private Transactions transactions() {
        String named = transaction == null ? "revision" : transaction;
        return switch (named) {
            case "revision" -> Transactions.PER_REVISION;
            case "run" -> Transactions.PER_RUN;
            case "none" -> Transactions.NONE;
            default ->
                throw new BadOptionException(
                        "transaction must be revision (one for each), run (one for all) or none, not '" + named + "'.");
        };
    }

    private static @Nullable Duration duration(String key, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw wrong(key, text);
        }
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    default -> Duration.ofMinutes(count);
                };
        if (duration.isZero() || duration.toMillis() > Integer.MAX_VALUE) {
            throw wrong(key, text);
        }
        return duration;
    }

    private static BadOptionException wrong(String key, String text) {
        return new BadOptionException(
                key + " must be a duration above 0 and below 24 days, such as 500ms, 5s or 2min, not '" + text + "'.");
    }
}
