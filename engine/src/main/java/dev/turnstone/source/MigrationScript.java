package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A revision together with its migration. Immutable.
 *
 * @param revision the place in the history
 * @param migration the migration
 * @param downgrades whether and how it can be reverted, by dialect
 * @param transaction the transaction mode of its upgrade, by dialect
 * @param downgradeTransaction the transaction mode of its downgrade, by dialect
 * @param rerunExempt why its body cannot run twice, or null if it can
 * @param lossy why downgrading and upgrading again may lose rows or values, or null if it must not
 * @param exemptions why it may do something that a scenario would report, by the key in its header: {@code locks},
 *     {@code not-additive}, {@code misnamed}, {@code forbidden}
 * @param format the format of its files
 * @param notes unexpected facts about its files, as sentences that begin with the file
 * @param checksum the checksum of its files; null for a class, because different compilers produce different class
 *     files from the same source
 */
public record MigrationScript(
        Revision revision,
        Migration migration,
        Downgrade.ByDialect downgrades,
        TransactionMode.ByDialect transaction,
        TransactionMode.ByDialect downgradeTransaction,
        @Nullable String rerunExempt,
        @Nullable String lossy,
        Map<String, String> exemptions,
        Format format,
        List<String> notes,
        @Nullable String checksum) {

    public MigrationScript {
        exemptions = Map.copyOf(exemptions);
        notes = List.copyOf(notes);
    }

    /** Creates a revision with the same transaction mode in both directions, and without notes. */
    public MigrationScript(
            Revision revision,
            Migration migration,
            Downgrade.ByDialect downgrades,
            TransactionMode transaction,
            @Nullable String rerunExempt,
            Format format) {
        this(
                revision,
                migration,
                downgrades,
                dialect -> transaction,
                dialect -> transaction,
                rerunExempt,
                null,
                Map.of(),
                format,
                List.of(),
                null);
    }

    /** Returns the same revision with a reason why downgrading and upgrading again may lose rows or values. */
    MigrationScript thatIsLossy(@Nullable String because) {
        return new MigrationScript(
                revision,
                migration,
                downgrades,
                transaction,
                downgradeTransaction,
                rerunExempt,
                because,
                exemptions,
                format,
                notes,
                checksum);
    }

    /** Returns the same revision with a checksum. */
    MigrationScript withChecksum(String ofItsFiles) {
        return new MigrationScript(
                revision,
                migration,
                downgrades,
                transaction,
                downgradeTransaction,
                rerunExempt,
                lossy,
                exemptions,
                format,
                notes,
                ofItsFiles);
    }

    /** Returns the same revision with exemptions. */
    MigrationScript withExemptions(Map<String, String> byKey) {
        return new MigrationScript(
                revision,
                migration,
                downgrades,
                transaction,
                downgradeTransaction,
                rerunExempt,
                lossy,
                byKey,
                format,
                notes,
                checksum);
    }

    /** Returns the revision's identifier. */
    public RevisionId id() {
        return revision.id();
    }

    /**
     * Returns the transaction mode for a direction.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    public TransactionMode transaction(Direction direction, String dialect) {
        return (direction == Direction.UPGRADE ? transaction : downgradeTransaction).on(dialect);
    }

    /**
     * Returns whether and how this revision can be reverted on a dialect.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    public Downgrade downgrade(String dialect) {
        return downgrades.on(dialect);
    }
}
