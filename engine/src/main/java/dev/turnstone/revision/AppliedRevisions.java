package dev.turnstone.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The applied revisions while a path is computed step by step, and their version rows: the applied revisions that no
 * other applied revision needs.
 *
 * <p>The cost of a step is proportional to the number of parents and dependencies of its revision. Not thread-safe.
 */
final class AppliedRevisions {

    private final GraphIndex index;
    private final BitSet applied;
    private final int[] appliedAbove;
    private VersionRows rows;

    /**
     * @param index the history
     * @param tips the initial version rows
     */
    AppliedRevisions(GraphIndex index, BitSet tips) {
        this.index = index;
        this.applied = index.ancestors(tips, Edges.ALL);
        this.appliedAbove = new int[index.size()];
        applied.stream().forEach(at -> {
            for (int below : index.below(at, Edges.ALL)) {
                appliedAbove[below]++;
            }
        });
        VersionRows initial = VersionRows.none(index.idOrder());
        for (int at = applied.nextSetBit(0); at >= 0; at = applied.nextSetBit(at + 1)) {
            if (appliedAbove[at] == 0) {
                initial = initial.with(index.idAt(at));
            }
        }
        this.rows = initial;
    }

    VersionRows rows() {
        return rows;
    }

    boolean contains(int position) {
        return applied.get(position);
    }

    Step apply(int position) {
        RevisionId id = index.idAt(position);
        List<RevisionId> missing = new ArrayList<>();
        List<RevisionId> replaced = new ArrayList<>();
        for (int below : index.below(position, Edges.ALL)) {
            if (!applied.get(below)) {
                missing.add(index.idAt(below));
            } else if (appliedAbove[below] == 0) {
                replaced.add(index.idAt(below));
            }
        }
        if (applied.get(position)) {
            throw new StepOutOfOrderException(id, Direction.UPGRADE, "it is applied already", rows);
        }
        if (!missing.isEmpty()) {
            throw new StepOutOfOrderException(id, Direction.UPGRADE, StepOutOfOrderException.needs(missing), rows);
        }
        applied.set(position);
        for (int below : index.below(position, Edges.ALL)) {
            appliedAbove[below]++;
        }
        List<RowChange> changes = new ArrayList<>();
        int last = replaced.size() - 1;
        for (int each = 0; each < last; each++) {
            changes.add(new RowChange.Delete(replaced.get(each)));
        }
        changes.add(last < 0 ? new RowChange.Insert(id) : new RowChange.Update(replaced.get(last), id));
        return step(position, Direction.UPGRADE, changes);
    }

    Step revert(int position) {
        RevisionId id = index.idAt(position);
        if (!applied.get(position)) {
            throw new StepOutOfOrderException(id, Direction.DOWNGRADE, "it is not applied", rows);
        }
        if (appliedAbove[position] > 0) {
            List<RevisionId> dependents = new ArrayList<>();
            for (int above : index.above(position, Edges.ALL)) {
                if (applied.get(above)) {
                    dependents.add(index.idAt(above));
                }
            }
            throw new StepOutOfOrderException(
                    id, Direction.DOWNGRADE, StepOutOfOrderException.neededBy(dependents), rows);
        }
        applied.clear(position);
        List<RevisionId> revealed = new ArrayList<>();
        for (int below : index.below(position, Edges.ALL)) {
            if (--appliedAbove[below] == 0) {
                revealed.add(index.idAt(below));
            }
        }
        List<RowChange> changes = new ArrayList<>();
        int last = revealed.size() - 1;
        for (int each = 0; each < last; each++) {
            changes.add(new RowChange.Insert(revealed.get(each)));
        }
        changes.add(last < 0 ? new RowChange.Delete(id) : new RowChange.Update(id, revealed.get(last)));
        return step(position, Direction.DOWNGRADE, changes);
    }

    private Step step(int position, Direction direction, List<RowChange> changes) {
        VersionRows before = rows;
        rows = before.changed(changes);
        return new Step(index.at(position), direction, before, rows, changes);
    }
}
