package dev.turnstone.revision;

import java.util.List;
import java.util.Set;

/**
 * One change of the version rows that runs no migration.
 *
 * @param before the version rows before the change, sorted by id
 * @param after the version rows after the change, sorted by id; none of them is an ancestor of another
 * @param rowChanges the row changes from {@code before} to {@code after}, in this order
 */
public record StampStep(Set<RevisionId> before, Set<RevisionId> after, List<RowChange> rowChanges) {

    public StampStep {
        before = VersionRows.copyOf(before);
        after = VersionRows.copyOf(after);
        rowChanges = List.copyOf(rowChanges);
    }
}
