package dev.turnstone.revision;

import java.util.List;
import java.util.Set;

/**
 * The application or reversal of one revision, and the resulting change of the version rows.
 *
 * @param revision the revision that is run
 * @param direction whether it is applied or reverted
 * @param before the version rows before the step, sorted by id
 * @param after the version rows after the step, sorted by id: the maximal revisions of all applied ones
 * @param rowChanges the row changes from {@code before} to {@code after}, in this order
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
