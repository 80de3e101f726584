package dev.turnstone.scenario;

import dev.turnstone.operation.SqlText;
import dev.turnstone.snapshot.LogicalRules;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user's options for scenarios.
 *
 * @param baseline returns the SQL that creates the baseline's schema for a dialect's name; null if there is no baseline
 * @param baselineRevision the revision whose schema the baseline has; null for head
 * @param before returns the SQL that runs in every database before the history, for a dialect's name; null for none
 * @param idempotentBodies the severity of a body that cannot run twice
 * @param timeout the timeout of one command of the tool, such as the upgrade of one revision; positive
 * @param logicalRules the rules of the logical comparison of dialects, with the permitted differences
 * @param snapshots the snapshot files of fresh installs; null for none
 * @param rows the options for rows
 * @param lockTimeout the lock timeout that the tool sets in production by a setting outside the history; null for none
 * @param policies the policies
 * @param selected the revisions that are checked, and those that are reverted
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

    /** The default timeout of one command. It suffices because databases under test have few rows. */
    public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    public ScenarioOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A time-out is a positive time, not " + timeout + ".");
        }
    }

    /** Creates options with the default timeout and the default rules between dialects. */
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

    /** Creates options without SQL before the history. */
    public ScenarioOptions(
            @Nullable Function<String, SqlText> baseline,
            @Nullable String baselineRevision,
            IdempotentBodies idempotentBodies) {
        this(baseline, baselineRevision, null, idempotentBodies);
    }

    /** The severity of a body that cannot run twice. */
    public enum IdempotentBodies {
        /** An error in Turnstone's own format, a warning in others. */
        BY_FORMAT,
        /** An error in every format. */
        REQUIRED
    }

    /** The default options. */
    public static final ScenarioOptions DEFAULT = new ScenarioOptions(null, null, IdempotentBodies.BY_FORMAT);

    /** Returns these options with other rules between dialects. */
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
     * Returns these options with another timeout of one command.
     *
     * @throws IllegalArgumentException if it is not positive
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

    /** Returns these options with another lock timeout; null for none. */
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

    /** Returns these options with other snapshot files of fresh installs. */
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

    /** Returns these options with other policies. */
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

    /** Returns these options with another selection of revisions. */
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

    /** Returns these options with other options for rows. */
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

    /** Returns the SQL that runs before the history on a dialect; empty for none. */
    public Optional<SqlText> before(String dialect) {
        return Optional.ofNullable(before).map(b -> b.apply(dialect));
    }

    /** Returns the baseline's SQL for a dialect; empty if there is no baseline. */
    public Optional<SqlText> baseline(String dialect) {
        return Optional.ofNullable(baseline).map(b -> b.apply(dialect));
    }
}
