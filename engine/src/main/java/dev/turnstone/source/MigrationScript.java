package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * A revision together with what it does.
 *
 * @param revision its place in the history
 * @param migration what it does
 * @param downgrades whether and how it can be taken back, by dialect
 * @param transaction how it is run
 * @param rerunExempt why its body cannot run twice, or null where it can
 * @param format the format that it is written in
 */
public record MigrationScript(
        Revision revision,
        Migration migration,
        Downgrade.ByDialect downgrades,
        TransactionMode transaction,
        @Nullable String rerunExempt,
        Format format) {

    /** The revision's identifier. */
    public RevisionId id() {
        return revision.id();
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
