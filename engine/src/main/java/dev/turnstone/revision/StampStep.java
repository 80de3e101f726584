package dev.turnstone.revision;

import java.util.List;
import java.util.Set;

/**
 * One move of the version rows that runs no migration.
 *
 * @param before the version rows before the move, sorted by id
 * @param after the version rows after it, sorted by id: no one of them is an ancestor of another
 * @param rowChanges the changes that lead from {@code before} to {@code after}, in this order
 */
public record StampStep(Set<RevisionId> before, Set<RevisionId> after, List<RowChange> rowChanges) {

    public StampStep {
        before = VersionRows.copyOf(before);
        after = VersionRows.copyOf(after);
        rowChanges = List.copyOf(rowChanges);
    }
}
