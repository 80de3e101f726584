package dev.turnstone.revision;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Computes the branch labels that cover a revision.
 *
 * <p>A label covers the revision that declares it and all its descendants. If these form a single line without forks
 * and merges, the label also covers the ancestors back to the fork or merge (exclusive) where that line begins.
 */
final class Labels {

    private Labels() {}

    static Set<String> of(GraphIndex index, int position) {
        if (index.labels().isEmpty()) {
            return Set.of();
        }
        BitSet covering = index.ancestors(GraphIndex.only(position), Edges.PARENTS);
        BitSet line = lineFrom(index, position);
        covering.or(line);
        Set<String> labels = new TreeSet<>();
        for (Map.Entry<String, Integer> label : index.labels().entrySet()) {
            if (covering.get(label.getValue())) {
                labels.add(label.getKey());
            }
        }
        return Collections.unmodifiableSet(labels);
    }

    /** Returns the line of revisions from this one to a head; empty if it forks or merges. */
    private static BitSet lineFrom(GraphIndex index, int position) {
        BitSet line = new BitSet();
        int at = position;
        while (index.below(at, Edges.PARENTS).length <= 1 && index.above(at, Edges.ALL).length <= 1) {
            line.set(at);
            int[] children = index.above(at, Edges.PARENTS);
            if (children.length == 0) {
                return line;
            }
            at = children[0];
        }
        return new BitSet();
    }
}
