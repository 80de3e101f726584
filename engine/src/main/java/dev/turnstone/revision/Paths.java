package dev.turnstone.revision;

import dev.turnstone.revision.TargetResolution.AtTheEnd;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the upgrade and downgrade paths from one set of version rows. */
final class Paths {

    private final GraphIndex index;
    private final BitSet rows;
    private final Set<RevisionId> rowIds;
    private final TargetResolution targets;

    /** @throws UnknownVersionException if a row names no revision */
    Paths(GraphIndex index, NameIndex names, Set<RevisionId> current, String purpose) {
        this.index = index;
        this.rows = GraphIndex.bits(names.locateRows(current));
        this.rowIds = index.ids(rows);
        this.targets = new TargetResolution(index, names, rows, purpose);
    }

    TargetResolution targets() {
        return targets;
    }

    /** Returns all applied revisions. */
    BitSet applied() {
        return index.ancestors(rows, Edges.ALL);
    }

    List<Step> up(String target) {
        BitSet needed = index.ancestors(upgradeTargets(target), Edges.ALL);
        requireTips();
        needed.andNot(applied());
        AppliedRevisions state = new AppliedRevisions(index, rows);
        List<Step> steps = new ArrayList<>();
        needed.stream().forEach(position -> steps.add(state.apply(position)));
        return List.copyOf(steps);
    }

    private BitSet upgradeTargets(String text) {
        TargetForm form = targets.form(text);
        Integer steps = form.steps();
        BitSet found;
        if (steps == null) {
            found = GraphIndex.bits(targets.all(text));
        } else if (form.symbol().isEmpty()) {
            if (steps <= 0) {
                throw new RelativeRevisionException(text, steps, "an upgrade needs a positive number of steps");
            }
            int reached = targets.walk(form, upgradeStart(form), steps, form.branch(), AtTheEnd.FAIL);
            if (reached == TargetResolution.OFF) {
                throw new RelativeRevisionException(text, steps, "there are fewer revisions above the applied ones");
            }
            found = GraphIndex.only(reached);
        } else {
            int reached = targets.walkFromSymbol(form, AtTheEnd.FAIL);
            if (reached == TargetResolution.OFF) {
                throw new WalkedTooFarException(text, steps);
            }
            found = reached == TargetResolution.BASE ? new BitSet() : GraphIndex.only(reached);
        }
        return found;
    }

    /** Returns the position from which {@code +2} counts: the only row, or the only applied tip of the branch. */
    private int upgradeStart(TargetForm form) {
        BitSet starts = rows;
        String branch = form.branch();
        if (branch != null) {
            starts = targets.onBranch(rows, branch);
            if (starts.isEmpty()) {
                starts = index.tips(targets.onBranch(applied(), branch), Edges.ALL);
            }
        }
        if (starts.cardinality() > 1) {
            throw new AmbiguousCurrentException(form.text(), index.byId(starts));
        }
        return starts.isEmpty() ? TargetResolution.BASE : starts.nextSetBit(0);
    }

    List<Step> down(String target) {
        BitSet dropped = downgraded(target);
        AppliedRevisions state = new AppliedRevisions(index, rows);
        List<Step> steps = new ArrayList<>();
        for (int at = dropped.length() - 1; at >= 0; at = dropped.previousSetBit(at - 1)) {
            steps.add(state.revert(at));
        }
        return List.copyOf(steps);
    }

    private BitSet downgraded(String text) {
        Destination destination = destination(text);
        int position = destination.position;
        BitSet roots = position == TargetResolution.BASE
                ? index.bases(Edges.PARENTS)
                : GraphIndex.bits(index.above(position, Edges.PARENTS));
        String branch = destination.branch;
        if (branch != null && roots.cardinality() > 1) {
            roots.and(index.ancestors(GraphIndex.only(targets.names().locate(branch)), Edges.PARENTS));
            if (roots.isEmpty()) {
                throw new InvalidDestinationException(
                        text, rowIds, "no revision of branch '" + branch + "' is above it");
            }
        }
        requireTips();
        BitSet dropped = index.descendants(roots, Edges.ALL);
        dropped.and(applied());
        if (position != TargetResolution.BASE && dropped.isEmpty() && !rows.get(position)) {
            throw new InvalidDestinationException(
                    text, rowIds, applied().get(position) ? "no applied revision is above it" : "it is not applied");
        }
        return dropped;
    }

    /** The revision where a downgrade ends, and the branch that limits it if several branches lead there. */
    private record Destination(@Nullable String branch, int position) {}

    private Destination destination(String text) {
        TargetForm form = targets.form(text);
        Integer steps = form.steps();
        if (steps == null) {
            return new Destination(form.branch(), targets.one(form.symbol()));
        }
        if (!form.symbol().isEmpty()) {
            int reached = targets.walkFromSymbol(form, AtTheEnd.FAIL);
            if (reached == TargetResolution.OFF) {
                throw new WalkedTooFarException(text, steps);
            }
            return new Destination(form.branch(), reached);
        }
        if (steps >= 0) {
            throw new RelativeRevisionException(text, steps, "a downgrade needs a negative number of steps");
        }
        int start = downgradeStart(form, steps);
        int reached = targets.walk(form, start, steps, null, AtTheEnd.FAIL);
        if (reached == TargetResolution.OFF) {
            throw new RelativeRevisionException(text, steps, "there are fewer revisions below the applied ones");
        }
        String branch = form.branch();
        return new Destination(branch == null ? index.idAt(start).value() : branch, reached);
    }

    /**
     * Returns the position from which {@code -1} counts: the first of several rows by id. Several rows on a branch are
     * an error.
     */
    private int downgradeStart(TargetForm form, int steps) {
        BitSet starts = rows;
        String branch = form.branch();
        if (branch != null) {
            starts = targets.onBranch(rows, branch);
            if (starts.isEmpty()) {
                starts = targets.onBranch(index.tips(applied(), Edges.PARENTS), branch);
            }
            if (starts.cardinality() > 1) {
                throw new AmbiguousCurrentException(form.text(), index.byId(starts));
            }
        }
        if (starts.isEmpty()) {
            throw new RelativeRevisionException(
                    form.text(),
                    steps,
                    branch == null ? "no revision is applied" : "no revision of that branch is applied");
        }
        return targets.sorted(starts)[0];
    }

    /** @throws OverlappingRevisionsException if a row is an ancestor of another */
    void requireTips() {
        if (rows.cardinality() < 2) {
            return;
        }
        BitSet covered = (BitSet) rows.clone();
        covered.andNot(index.tips(applied(), Edges.ALL));
        if (covered.isEmpty()) {
            return;
        }
        for (int row : targets.sorted(rows)) {
            BitSet below = index.ancestors(GraphIndex.only(row), Edges.ALL);
            below.clear(row);
            below.and(rows);
            if (!below.isEmpty()) {
                throw new OverlappingRevisionsException(index.idAt(row), List.copyOf(index.ids(below)));
            }
        }
    }
}
