package dev.turnstone.revision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Validates a collection of revisions and sorts it. In this class, a revision is identified by its rank in the order of
 * ids.
 */
final class GraphBuilder {

    private final List<Revision> sorted;
    private final Map<RevisionId, Integer> places = new HashMap<>();
    private final TreeMap<String, Integer> labels = new TreeMap<>();
    private final int[][] parents;
    private final int[][] needs;

    private GraphBuilder(Collection<Revision> revisions) {
        this.sorted =
                revisions.stream().sorted(Comparator.comparing(Revision::id)).toList();
        this.parents = new int[sorted.size()][];
        this.needs = new int[sorted.size()][];
    }

    static GraphIndex build(Collection<Revision> revisions) {
        GraphBuilder builder = new GraphBuilder(revisions);
        builder.nameRevisions(revisions);
        builder.nameBranches();
        for (int place = 0; place < builder.sorted.size(); place++) {
            builder.link(place);
        }
        return builder.inOrder(builder.order());
    }

    private void nameRevisions(Collection<Revision> revisions) {
        for (int place = 0; place < sorted.size(); place++) {
            RevisionId id = sorted.get(place).id();
            if (places.put(id, place) != null) {
                throw new DuplicateRevisionException(
                        id,
                        revisions.stream().filter(each -> each.id().equals(id)).toList());
            }
        }
    }

    private void nameBranches() {
        for (int place = 0; place < sorted.size(); place++) {
            Revision revision = sorted.get(place);
            for (String label : revision.labels()) {
                Integer other = RevisionId.isValid(label) ? places.get(RevisionId.spelled(label)) : null;
                if (other == null) {
                    other = labels.put(label, place);
                }
                if (other != null) {
                    throw new DuplicateLabelException(label, sorted.get(other), revision);
                }
            }
        }
    }

    private void link(int place) {
        Revision revision = sorted.get(place);
        Set<Integer> linked = new LinkedHashSet<>();
        for (RevisionId parent : revision.parents()) {
            Integer target = places.get(parent);
            if (target == null) {
                throw new UnknownParentException(revision, parent, NearMatch.to(parent.value(), others(place, false)));
            }
            linked.add(target);
        }
        parents[place] = ints(linked);
        for (String dependency : revision.dependsOn()) {
            Integer target = RevisionId.isValid(dependency) ? places.get(RevisionId.spelled(dependency)) : null;
            if (target == null) {
                target = labels.get(dependency);
            }
            if (target == null) {
                throw new UnknownDependencyException(
                        revision, dependency, NearMatch.to(dependency, others(place, true)));
            }
            linked.add(target);
        }
        needs[place] = ints(linked);
    }

    private Collection<Map.Entry<String, Revision>> others(int except, boolean withLabels) {
        Map<String, Revision> names = new LinkedHashMap<>();
        sorted.forEach(revision -> names.put(revision.id().value(), revision));
        if (withLabels) {
            labels.forEach((label, place) -> names.put(label, sorted.get(place)));
        }
        names.remove(sorted.get(except).id().value());
        return names.entrySet();
    }

    /** Returns the ranks in topological order. If several revisions could be next, the first by id is. */
    private int[] order() {
        int[][] neededBy = reversed(needs);
        int[] pending = new int[needs.length];
        PriorityQueue<Integer> free = new PriorityQueue<>();
        for (int place = 0; place < pending.length; place++) {
            pending[place] = needs[place].length;
            if (pending[place] == 0) {
                free.add(place);
            }
        }
        int[] order = new int[pending.length];
        int done = 0;
        for (Integer next = free.poll(); next != null; next = free.poll()) {
            order[done++] = next;
            for (int dependent : neededBy[next]) {
                if (--pending[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        if (done < order.length) {
            throw new RevisionCycleException(cycleAmong(pending));
        }
        return order;
    }

    /**
     * Returns one cycle. Each pending revision needs another pending one, so following the first of them ends in a
     * cycle.
     */
    private List<RevisionCycleException.Need> cycleAmong(int[] pending) {
        int place = 0;
        while (pending[place] == 0) {
            place++;
        }
        List<Integer> trail = new ArrayList<>();
        BitSet seen = new BitSet();
        while (!seen.get(place)) {
            seen.set(place);
            trail.add(place);
            place = Arrays.stream(needs[place])
                    .filter(each -> pending[each] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> cycle = new ArrayList<>(trail.subList(trail.indexOf(place), trail.size()));
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        List<RevisionCycleException.Need> links = new ArrayList<>();
        for (int each = 0; each < cycle.size(); each++) {
            Revision needed = sorted.get(cycle.get((each + 1) % cycle.size()));
            links.add(new RevisionCycleException.Need(sorted.get(cycle.get(each)), needed));
        }
        return links;
    }

    private GraphIndex inOrder(int[] order) {
        int[] positions = new int[order.length];
        for (int position = 0; position < order.length; position++) {
            positions[order[position]] = position;
        }
        List<Revision> revisions = new ArrayList<>(order.length);
        int[][] orderedParents = new int[order.length][];
        int[][] orderedNeeds = new int[order.length][];
        for (int position = 0; position < order.length; position++) {
            int place = order[position];
            revisions.add(sorted.get(place));
            orderedParents[position] = at(positions, parents[place]);
            orderedNeeds[position] = at(positions, needs[place]);
        }
        TreeMap<String, Integer> labelled = new TreeMap<>();
        labels.forEach((label, place) -> labelled.put(label, positions[place]));
        return new GraphIndex(
                List.copyOf(revisions),
                labelled,
                orderedParents,
                reversed(orderedParents),
                orderedNeeds,
                reversed(orderedNeeds));
    }

    private static int[] at(int[] positions, int[] places) {
        int[] ordered = new int[places.length];
        for (int each = 0; each < places.length; each++) {
            ordered[each] = positions[places[each]];
        }
        return ordered;
    }

    private static int[] ints(Collection<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[][] reversed(int[][] edges) {
        int[] counts = new int[edges.length];
        for (int[] targets : edges) {
            for (int target : targets) {
                counts[target]++;
            }
        }
        int[][] reversed = new int[edges.length][];
        for (int node = 0; node < edges.length; node++) {
            reversed[node] = new int[counts[node]];
        }
        for (int node = edges.length - 1; node >= 0; node--) {
            for (int target : edges[node]) {
                reversed[target][--counts[target]] = node;
            }
        }
        return reversed;
    }
}
