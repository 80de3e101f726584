package dev.turnstone.assertions;

import dev.turnstone.snapshot.HashedTable.Total;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where two large tables differ.
 *
 * @param count how many parts differ
 * @param toRead the first of them, as many as hold few enough rows; none where the first holds too many
 */
record DifferingParts(int count, Set<Integer> toRead) {

    /** @param mostRows how many rows of one table may be read */
    static DifferingParts of(Map<Integer, Total> expected, Map<Integer, Total> found, long mostRows) {
        Set<Integer> differing = new TreeSet<>(expected.keySet());
        differing.addAll(found.keySet());
        differing.removeIf(part -> Objects.equals(expected.get(part), found.get(part)));
        Set<Integer> toRead = new TreeSet<>();
        long rows = 0;
        for (int part : differing) {
            rows += Math.max(rowsIn(expected.get(part)), rowsIn(found.get(part)));
            if (rows > mostRows) {
                break;
            }
            toRead.add(part);
        }
        return new DifferingParts(differing.size(), toRead);
    }

    private static long rowsIn(@Nullable Total part) {
        return part == null ? 0 : part.count();
    }
}
