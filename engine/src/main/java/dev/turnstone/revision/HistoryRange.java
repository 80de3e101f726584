package dev.turnstone.revision;

import dev.turnstone.revision.TargetResolution.AtTheEnd;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The revisions between two targets, both inclusive. */
final class HistoryRange {

    private final GraphIndex index;
    private final TargetResolution targets;
    private final String lower;
    private final String upper;

    HistoryRange(GraphIndex index, TargetResolution targets, String lower, String upper) {
        this.index = index;
        this.targets = targets;
        this.lower = lower;
        this.upper = upper;
    }

    List<Revision> newestFirst() {
        BitSet tops = tops();
        String branch = targets.form(lower).branch();
        if (branch != null) {
            tops.stream().filter(top -> !isCovered(top, branch)).forEach(tops::clear);
        }
        BitSet reach = index.ancestors(tops, Edges.ALL);
        BitSet starts = starts(reach);
        BitSet shown = (BitSet) reach.clone();
        shown.andNot(index.ancestors(starts, Edges.ALL));
        shown.or(starts);
        if (!starts.isEmpty()) {
            shown.and(index.descendants(starts, Edges.PARENTS));
        }
        int[] newestFirst = new int[shown.cardinality()];
        int count = newestFirst.length;
        for (int at = shown.nextSetBit(0); at >= 0; at = shown.nextSetBit(at + 1)) {
            newestFirst[--count] = at;
        }
        return targets.revisions(newestFirst);
    }

    /** Returns whether the branch contains a revision. An id as the branch means the branch of that revision. */
    private boolean isCovered(int top, String branch) {
        if (index.labels().containsKey(branch)) {
            return Labels.of(index, top).contains(branch);
        }
        return targets.onBranch(GraphIndex.only(top), branch).get(top);
    }

    private BitSet starts(BitSet reach) {
        BitSet starts = new BitSet();
        int[] found = targets.all(lower);
        if (found.length > 0 && found[0] == TargetResolution.OFF) {
            requireCountable();
        }
        for (int start : found) {
            if (start == TargetResolution.BASE || (start >= 0 && !reach.get(start))) {
                throw new RangeNotAncestorException(lower, upper);
            }
            if (start >= 0) {
                starts.set(start);
            }
        }
        return starts;
    }

    /**
     * Rejects a start before the first revision. Alembic then counts down from the end of the range, which must be a
     * revision and not a symbol such as {@code head}.
     */
    private void requireCountable() {
        if (!upper.equals("head") && !upper.equals("heads")) {
            return;
        }
        int[] heads = targets.all(upper);
        if (heads.length > 1) {
            throw new MultipleHeadsException("count down from", upper, targets.revisions(heads));
        }
        throw UnknownRevisionException.startOfRange(lower, upper);
    }

    private BitSet tops() {
        TargetForm form = targets.form(upper);
        Integer steps = form.steps();
        if (steps == null) {
            return GraphIndex.bits(targets.all(upper));
        }
        int reached;
        if (!form.symbol().isEmpty()) {
            reached = targets.walkFromSymbol(form, AtTheEnd.STAY);
        } else if (steps > 0) {
            reached = targets.walk(form, firstOf(form), steps, form.branch(), AtTheEnd.STAY);
        } else {
            throw new RelativeRevisionException(upper, steps, "the end of a range must not be a number of steps down");
        }
        return reached < 0 ? new BitSet() : GraphIndex.only(reached);
    }

    /** Returns the position from which an end such as {@code +2} counts: the start of the range. */
    private int firstOf(TargetForm form) {
        String branch = form.branch();
        if (branch == null) {
            return targets.one(lower);
        }
        BitSet given = GraphIndex.bits(
                IntStream.of(targets.all(lower)).filter(each -> each >= 0).toArray());
        BitSet starts = targets.onBranch(given, branch);
        if (starts.isEmpty()) {
            starts = index.tips(targets.onBranch(index.ancestors(given, Edges.ALL), branch), Edges.ALL);
        }
        if (starts.cardinality() > 1) {
            throw new AmbiguousCurrentException(upper, index.byId(starts));
        }
        return starts.isEmpty() ? TargetResolution.BASE : starts.nextSetBit(0);
    }
}
