package dev.turnstone.revision;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All ids of a history in sorted order, which decides whenever several orders are possible. */
final class IdOrder {

    private final List<RevisionId> sorted;
    private final Map<RevisionId, Integer> ranks;

    IdOrder(Collection<RevisionId> ids) {
        this.sorted = ids.stream().sorted().toList();
        this.ranks = new HashMap<>(sorted.size() * 2);
        for (int rank = 0; rank < sorted.size(); rank++) {
            ranks.put(sorted.get(rank), rank);
        }
    }

    int size() {
        return sorted.size();
    }

    boolean contains(RevisionId id) {
        return ranks.containsKey(id);
    }

    RevisionId at(int rank) {
        return sorted.get(rank);
    }

    /** Returns the rank of an id of this history. */
    int rankOf(RevisionId id) {
        Integer rank = ranks.get(id);
        if (rank == null) {
            throw new IllegalArgumentException("no such revision: " + id);
        }
        return rank;
    }
}
