package dev.turnstone.revision;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A valid history in which a revision is identified by its position. The parents and dependencies of a revision have
 * lower positions.
 *
 * <p>Therefore every traversal is one pass over a bit set, without recursion.
 */
final class GraphIndex {

    private final List<Revision> revisions;
    private final Map<RevisionId, Integer> positions;
    private final NavigableMap<String, Integer> labels;
    private final IdOrder idOrder;
    private final int[][] parents;
    private final int[][] children;
    private final int[][] needs;
    private final int[][] neededBy;

    GraphIndex(
            List<Revision> revisions,
            NavigableMap<String, Integer> labels,
            int[][] parents,
            int[][] children,
            int[][] needs,
            int[][] neededBy) {
        this.revisions = revisions;
        this.labels = labels;
        this.parents = parents;
        this.children = children;
        this.needs = needs;
        this.neededBy = neededBy;
        this.positions = new HashMap<>(revisions.size() * 2);
        for (int position = 0; position < revisions.size(); position++) {
            positions.put(revisions.get(position).id(), position);
        }
        this.idOrder = new IdOrder(positions.keySet());
    }

    List<Revision> revisions() {
        return revisions;
    }

    int size() {
        return revisions.size();
    }

    Revision at(int position) {
        return revisions.get(position);
    }

    RevisionId idAt(int position) {
        return revisions.get(position).id();
    }

    IdOrder idOrder() {
        return idOrder;
    }

    /** Returns the position of an id, or -1. */
    int positionOf(RevisionId id) {
        return positions.getOrDefault(id, -1);
    }

    /** Returns the position of each label's declaration, sorted by label. */
    NavigableMap<String, Integer> labels() {
        return labels;
    }

    /** Returns the parents of a revision, followed by its dependencies for {@link Edges#ALL}, as declared. */
    int[] below(int position, Edges edges) {
        return edges == Edges.ALL ? needs[position] : parents[position];
    }

    /** Returns the revisions for which this one is {@link #below}. */
    int[] above(int position, Edges edges) {
        return edges == Edges.ALL ? neededBy[position] : children[position];
    }

    /** Returns these revisions and all revisions below them. */
    BitSet ancestors(BitSet of, Edges edges) {
        BitSet closed = (BitSet) of.clone();
        for (int at = closed.length() - 1; at >= 0; at = closed.previousSetBit(at - 1)) {
            for (int below : below(at, edges)) {
                closed.set(below);
            }
        }
        return closed;
    }

    /** Returns these revisions and all revisions above them. */
    BitSet descendants(BitSet of, Edges edges) {
        BitSet closed = (BitSet) of.clone();
        for (int at = closed.nextSetBit(0); at >= 0; at = closed.nextSetBit(at + 1)) {
            for (int above : above(at, edges)) {
                closed.set(above);
            }
        }
        return closed;
    }

    /** Returns these revisions, and all revisions below and above them. */
    BitSet lineage(BitSet of, Edges edges) {
        BitSet lineage = ancestors(of, edges);
        lineage.or(descendants(of, edges));
        return lineage;
    }

    /** Returns the revisions that are below no other revision of the set, which must contain all its ancestors. */
    BitSet tips(BitSet closed, Edges edges) {
        BitSet tips = (BitSet) closed.clone();
        closed.stream().forEach(at -> IntStream.of(below(at, edges)).forEach(tips::clear));
        return tips;
    }

    BitSet heads(Edges edges) {
        return where(at -> above(at, edges).length == 0);
    }

    BitSet bases(Edges edges) {
        return where(at -> below(at, edges).length == 0);
    }

    BitSet where(IntPredicate condition) {
        BitSet found = new BitSet(size());
        IntStream.range(0, size()).filter(condition).forEach(found::set);
        return found;
    }

    Set<RevisionId> ids(BitSet at) {
        Set<RevisionId> ids = new TreeSet<>();
        at.stream().mapToObj(this::idAt).forEach(ids::add);
        return Collections.unmodifiableSet(ids);
    }

    /** Returns the revisions at these positions, sorted by id. */
    List<Revision> byId(BitSet at) {
        return at.stream()
                .mapToObj(this::at)
                .sorted(Comparator.comparing(Revision::id))
                .toList();
    }

    static BitSet only(int position) {
        BitSet only = new BitSet(position + 1);
        only.set(position);
        return only;
    }

    static BitSet bits(int... at) {
        BitSet bits = new BitSet();
        IntStream.of(at).forEach(bits::set);
        return bits;
    }
}
