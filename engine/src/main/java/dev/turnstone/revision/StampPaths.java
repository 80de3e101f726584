package dev.turnstone.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Computes the changes that set the version rows to other revisions without running a migration. */
final class StampPaths {

    /** Whether Alembic's lost and overlapping rows are corrected. */
    enum Flaws {
        /** Makes exactly the changes that Alembic makes. */
        AS_ALEMBIC,
        /** Keeps a row that is a target, and leaves no row that is an ancestor of another. */
        REPAIRED
    }

    private final GraphIndex index;
    private final NameIndex names;
    private final Flaws flaws;
    private final List<StampStep> moves = new ArrayList<>();
    private BitSet rows;

    /** @throws UnknownVersionException if a row names no revision */
    StampPaths(GraphIndex index, NameIndex names, Set<RevisionId> current, Flaws flaws) {
        this.index = index;
        this.names = names;
        this.flaws = flaws;
        this.rows = GraphIndex.bits(names.locateRows(current));
    }

    List<StampStep> to(Collection<Target> targets) {
        targets.forEach(target -> to(target.text()));
        return List.copyOf(moves);
    }

    private void to(String text) {
        TargetResolution targets = new TargetResolution(index, names, rows, "stamp");
        int[] destinations = destinations(targets, text);
        BitSet related = related(targets, text, destinations);
        if (destinations.length == 0) {
            for (int row : targets.sorted(related)) {
                BitSet left = (BitSet) rows.clone();
                left.clear(row);
                moveTo(left);
            }
        }
        BitSet kept = GraphIndex.bits(destinations);
        kept.and(rows);
        for (int destination : destinations) {
            if (!kept.get(destination)) {
                BitSet moved = (BitSet) rows.clone();
                BitSet lineage = index.lineage(GraphIndex.only(destination), Edges.ALL);
                // The rows of the same branch are deleted only if the destination replaces one of them.
                if (lineage.intersects(related)) {
                    moved.andNot(related);
                    if (flaws == Flaws.REPAIRED) {
                        moved.or(kept);
                    }
                }
                moved.set(destination);
                moveTo(flaws == Flaws.REPAIRED ? index.tips(index.ancestors(moved, Edges.ALL), Edges.ALL) : moved);
            }
        }
    }

    private int[] destinations(TargetResolution targets, String text) {
        TargetForm form = targets.form(text);
        if (form.steps() != null && !rows.isEmpty()) {
            throw UnknownRevisionException.relative(form.rest());
        }
        // On an empty database, -1 counts down from each head. A count past the first revision means base.
        return IntStream.of(targets.all(text))
                .filter(destination -> destination >= 0)
                .toArray();
    }

    /**
     * Returns the rows that are ancestors or descendants of the destinations or of the branch's revision; all rows for
     * {@code base}.
     */
    private BitSet related(TargetResolution targets, String text, int[] destinations) {
        BitSet from = GraphIndex.bits(destinations);
        String branch = targets.form(text).branch();
        if (branch != null) {
            from.set(names.locate(branch));
        }
        BitSet related = (BitSet) rows.clone();
        if (!from.isEmpty()) {
            related.and(index.lineage(from, Edges.ALL));
        }
        return related;
    }

    private void moveTo(BitSet after) {
        List<RevisionId> removed = difference(rows, after);
        List<RevisionId> added = difference(after, rows);
        List<RowChange> changes = new ArrayList<>();
        int updates = Math.min(removed.size(), added.size());
        for (int each = 0; each < removed.size() - updates; each++) {
            changes.add(new RowChange.Delete(removed.get(each)));
        }
        for (int each = 0; each < added.size() - updates; each++) {
            changes.add(new RowChange.Insert(added.get(each)));
        }
        for (int each = updates; each > 0; each--) {
            changes.add(new RowChange.Update(removed.get(removed.size() - each), added.get(added.size() - each)));
        }
        if (!changes.isEmpty()) {
            moves.add(new StampStep(index.ids(rows), index.ids(after), changes));
        }
        rows = after;
    }

    private List<RevisionId> difference(BitSet left, BitSet right) {
        BitSet difference = (BitSet) left.clone();
        difference.andNot(right);
        return List.copyOf(index.ids(difference));
    }
}
