package dev.turnstone.revision;

import java.util.List;
import java.util.Set;

/**
 * One revision, applied or taken back, and what that does to the rows of the version table.
 *
 * @param revision the revision that is run
 * @param direction whether it is applied or taken back
 * @param before the version rows before the step, sorted by id
 * @param after the version rows after it, sorted by id: the maximal revisions of all that are applied then
 * @param rowChanges the changes that lead from {@code before} to {@code after}, in this order
 */
public record Step(
        Revision revision,
        Direction direction,
        Set<RevisionId> before,
        Set<RevisionId> after,
        List<RowChange> rowChanges) {

    public Step {
        before = VersionRows.copyOf(before);
        after = VersionRows.copyOf(after);
        rowChanges = List.copyOf(rowChanges);
    }
}
