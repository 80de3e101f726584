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

/** Finds revisions by id, by label, or by a prefix of either. */
final class NameIndex {

    /** The minimum length of an id or label that a prefix can match, as in Alembic. */
    private static final int MIN_LENGTH_FOR_PREFIX_MATCH = 4;

    private final GraphIndex index;
    private final NavigableMap<String, Integer> positions = new TreeMap<>();

    NameIndex(GraphIndex index) {
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

    boolean isPrefix(String text) {
        String next = positions.ceilingKey(text);
        return next != null && next.startsWith(text);
    }

    /**
     * Returns the position of the revision with this id, label or prefix.
     *
     * @throws UnknownRevisionException if there is none
     * @throws AmbiguousRevisionException if it is the prefix of several
     */
    int locate(String name) {
        return locate(name, null);
    }

    /**
     * Returns the position of the revision with this id, label or prefix on a branch.
     *
     * @param branch a label, an id or a prefix of either; null for the whole history
     */
    int locate(String name, @Nullable String branch) {
        int branchAt = branch == null ? -1 : locate(branch);
        Integer exact = positions.get(name);
        if (branch == null) {
            return exact != null ? exact : single(name, withPrefix(name));
        }
        BitSet lineage = index.lineage(GraphIndex.only(branchAt), Edges.PARENTS);
        if (exact == null) {
            Map<String, Integer> found = withPrefix(name);
            found.values().removeIf(position -> !lineage.get(position));
            return single(name, found);
        }
        if (!lineage.get(exact)) {
            throw new NotOnBranchException(index.idAt(exact), branch);
        }
        return exact;
    }

    private Map<String, Integer> withPrefix(String name) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> each : positions.tailMap(name, true).entrySet()) {
            if (!each.getKey().startsWith(name)) {
                break;
            }
            if (each.getKey().length() >= MIN_LENGTH_FOR_PREFIX_MATCH) {
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

    /** Returns the ids and labels that are similar to this name. */
    List<NearMatch> closestTo(String name) {
        Map<String, Revision> names = new LinkedHashMap<>();
        positions.forEach((each, position) -> names.put(each, index.at(position)));
        return NearMatch.to(name, names.entrySet());
    }

    /**
     * Returns the positions of the rows of a version table.
     *
     * @throws UnknownVersionException if a row names no revision
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
     * Returns the index of the colon that separates a range. Ids of other tools can contain colons.
     *
     * @throws InvalidTargetException if the range has no colon
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
