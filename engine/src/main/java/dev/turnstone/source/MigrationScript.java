package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A revision together with what it does.
 *
 * @param revision its place in the history
 * @param migration what it does
 * @param downgrades whether and how it can be taken back, by dialect
 * @param transaction how its upgrade is run, by dialect
 * @param downgradeTransaction how its downgrade is run, by dialect
 * @param rerunExempt why its body cannot run twice, or null where it can
 * @param lossy why going down and up again may cost rows or values, or null where it must not
 * @param exemptions why it may do what scenarios would report, by the key in its header: {@code locks}, {@code
 *     not-additive}
 * @param format the format that it is written in
 * @param notes what a reader of its files was surprised by, each a sentence for a person that begins with the place
 * @param checksum tells whether its files are what they were; null where it has none, as a class has not: compilers
 *     make different ones of one source
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

    /** A revision that runs in the same way up and down, and without notes. */
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

    /** The same revision, which says that going down and up again may cost rows or values. */
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

    /** The same revision, with a checksum. */
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

    /** The same revision, which says why it may do what scenarios would report. */
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

    /** The revision's identifier. */
    public RevisionId id() {
        return revision.id();
    }

    /**
     * How the revision is run in a direction.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    public TransactionMode transaction(Direction direction, String dialect) {
        return (direction == Direction.UPGRADE ? transaction : downgradeTransaction).on(dialect);
    }

    /**
     * Whether and how this revision can be taken back on a dialect.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    public Downgrade downgrade(String dialect) {
        return downgrades.on(dialect);
    }
}
