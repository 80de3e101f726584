package dev.turnstone.scenario;

import dev.turnstone.operation.SqlText;
import dev.turnstone.snapshot.LogicalRules;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user decided about the scenarios.
 *
 * @param baseline gives, for a dialect's name, the SQL that makes the baseline's schema; null where there is none
 * @param baselineRevision the revision whose schema the baseline has; null for head
 * @param before gives, for a dialect's name, the SQL that every database gets before the history; null where there is none
 * @param idempotentBodies how much it matters that a body can run twice
 * @param timeout how long one command of the tool may take, such as the upgrade of one revision; positive
 * @param logicalRules how closely dialects are compared, and where they may differ
 * @param snapshots where the schemas that fresh installs come to are kept; null where they are not
 * @param rows what goes for rows
 * @param lockTimeout how long the tool lets a statement wait for a lock where it is used, by a setting that is not in the
 *     history; null where it has none
 * @param policies which policies hold
 * @param selected which revisions are looked at, and taken back
 */
public record ScenarioOptions(
        @Nullable Function<String, SqlText> baseline,
        @Nullable String baselineRevision,
        @Nullable Function<String, SqlText> before,
        IdempotentBodies idempotentBodies,
        Duration timeout,
        LogicalRules logicalRules,
        @Nullable KeptSnapshots snapshots,
        RowOptions rows,
        @Nullable Duration lockTimeout,
        PolicySettings policies,
        SelectedRevisions selected) {

    /** How long one command may take where no one says otherwise: what is tested has few rows. */
    public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    public ScenarioOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A time-out is a positive time, not " + timeout + ".");
        }
    }

    /** The usual time-out and the usual rules between dialects. */
    public ScenarioOptions(
            @Nullable Function<String, SqlText> baseline,
            @Nullable String baselineRevision,
            @Nullable Function<String, SqlText> before,
            IdempotentBodies idempotentBodies) {
        this(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                USUAL_TIMEOUT,
                LogicalRules.standard(),
                null,
                RowOptions.DEFAULT,
                null,
                PolicySettings.USUAL,
                SelectedRevisions.ALL);
    }

    /** Nothing before the history. */
    public ScenarioOptions(
            @Nullable Function<String, SqlText> baseline,
            @Nullable String baselineRevision,
            IdempotentBodies idempotentBodies) {
        this(baseline, baselineRevision, null, idempotentBodies);
    }

    /** How much it matters that a revision's body can run twice. */
    public enum IdempotentBodies {
        /** An error in our own format, a warning in others. */
        BY_FORMAT,
        /** An error in every format. */
        REQUIRED
    }

    /** Nothing decided. */
    public static final ScenarioOptions DEFAULT = new ScenarioOptions(null, null, IdempotentBodies.BY_FORMAT);

    /** These options with other rules between dialects. */
    public ScenarioOptions with(LogicalRules rules) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                rules,
                snapshots,
                rows,
                lockTimeout,
                policies,
                selected);
    }

    /**
     * These options with another time-out.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public ScenarioOptions withTimeout(Duration time) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                time,
                logicalRules,
                snapshots,
                rows,
                lockTimeout,
                policies,
                selected);
    }

    /** These options with a time after which the tool gives up waiting for a lock; null for none. */
    public ScenarioOptions withLockTimeout(@Nullable Duration time) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                logicalRules,
                snapshots,
                rows,
                time,
                policies,
                selected);
    }

    /** These options with a place for the schemas that fresh installs come to. */
    public ScenarioOptions with(KeptSnapshots kept) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                logicalRules,
                kept,
                rows,
                lockTimeout,
                policies,
                selected);
    }

    /** These options with other policies. */
    public ScenarioOptions with(PolicySettings settings) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                logicalRules,
                snapshots,
                rows,
                lockTimeout,
                settings,
                selected);
    }

    /** These options, for some revisions of a history. */
    public ScenarioOptions with(SelectedRevisions revisions) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                logicalRules,
                snapshots,
                rows,
                lockTimeout,
                policies,
                revisions);
    }

    /** These options with others for rows. */
    public ScenarioOptions with(RowOptions rowOptions) {
        return new ScenarioOptions(
                baseline,
                baselineRevision,
                before,
                idempotentBodies,
                timeout,
                logicalRules,
                snapshots,
                rowOptions,
                lockTimeout,
                policies,
                selected);
    }

    /** The SQL that comes before the history on a dialect. */
    public Optional<SqlText> before(String dialect) {
        return Optional.ofNullable(before).map(b -> b.apply(dialect));
    }

    /** The baseline's SQL for a dialect. */
    public Optional<SqlText> baseline(String dialect) {
        return Optional.ofNullable(baseline).map(b -> b.apply(dialect));
    }
}
