package dev.turnstone.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds revisions by id, by label, or by the beginning of either. */
final class Names {

    /** As in Alembic, a shorter name is never found by its beginning. */
    private static final int SHORTEST_FOUND_BY_BEGINNING = 4;

    private final GraphIndex index;
    private final NavigableMap<String, Integer> positions = new TreeMap<>();

    Names(GraphIndex index) {
        this.index = index;
        for (int position = 0; position < index.size(); position++) {
            positions.put(index.idAt(position).value(), position);
        }
        positions.putAll(index.labels());
    }

    boolean isId(String text) {
        return RevisionId.isValid(text) && index.positionOf(RevisionId.spelled(text)) >= 0;
    }

    boolean isIdOrLabel(String text) {
        return positions.containsKey(text);
    }

    boolean isBeginning(String text) {
        String next = positions.ceilingKey(text);
        return next != null && next.startsWith(text);
    }

    /**
     * The position of the revision of this name.
     *
     * @throws UnknownRevisionException when there is none
     * @throws AmbiguousRevisionException when it is the beginning of several
     */
    int locate(String name) {
        return locate(name, null);
    }

    /**
     * The position of the revision of this name on a branch.
     *
     * @param branch a label, an id or the beginning of either; null for the whole history
     */
    int locate(String name, @Nullable String branch) {
        int branchAt = branch == null ? -1 : locate(branch);
        Integer exact = positions.get(name);
        if (branch == null) {
            return exact != null ? exact : single(name, beginningWith(name));
        }
        BitSet lineage = index.lineage(GraphIndex.only(branchAt), Edges.PARENTS);
        if (exact == null) {
            Map<String, Integer> found = beginningWith(name);
            found.values().removeIf(position -> !lineage.get(position));
            return single(name, found);
        }
        if (!lineage.get(exact)) {
            throw new NotOnBranchException(index.idAt(exact), branch);
        }
        return exact;
    }

    private Map<String, Integer> beginningWith(String name) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> each : positions.tailMap(name, true).entrySet()) {
            if (!each.getKey().startsWith(name)) {
                break;
            }
            if (each.getKey().length() >= SHORTEST_FOUND_BY_BEGINNING) {
                found.put(each.getKey(), each.getValue());
            }
        }
        return found;
    }

    private int single(String name, Map<String, Integer> found) {
        Set<Integer> candidates = new TreeSet<>(found.values());
        if (candidates.isEmpty()) {
            throw new UnknownRevisionException(name, closestTo(name));
        }
        if (candidates.size() > 1) {
            throw new AmbiguousRevisionException(
                    name,
                    index.byId(GraphIndex.bits(
                            candidates.stream().mapToInt(Integer::intValue).toArray())));
        }
        return candidates.iterator().next();
    }

    /** The ids and labels that resemble this one. */
    List<NearMatch> closestTo(String name) {
        Map<String, Revision> names = new LinkedHashMap<>();
        positions.forEach((each, position) -> names.put(each, index.at(position)));
        return NearMatch.to(name, names.entrySet());
    }

    /**
     * The positions of the rows of a version table.
     *
     * @throws UnknownVersionException when some are of no revision
     */
    int[] locateRows(Collection<RevisionId> rows) {
        Map<RevisionId, List<NearMatch>> unknown = new TreeMap<>();
        int[] located = new int[rows.size()];
        int count = 0;
        for (RevisionId row : new TreeSet<>(rows)) {
            located[count] = index.positionOf(row);
            if (located[count++] < 0) {
                unknown.put(row, closestTo(row.value()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownVersionException(unknown);
        }
        return Arrays.copyOf(located, count);
    }

    /**
     * Where a range's colon is: ids of other tools can have colons of their own.
     *
     * @throws InvalidTargetException when there is none
     */
    int separatorOf(String range) {
        int first = range.indexOf(':');
        if (first < 0) {
            throw new InvalidTargetException(range);
        }
        for (int colon = first; colon >= 0; colon = range.indexOf(':', colon + 1)) {
            if (isEnd(range.substring(0, colon)) && isEnd(range.substring(colon + 1))) {
                return colon;
            }
        }
        return first;
    }

    private boolean isEnd(String text) {
        return text.isBlank() || text.indexOf(':') < 0 || isId(text.strip());
    }
}
