package dev.turnstone.assertions;

import dev.turnstone.snapshot.HashedTable.Total;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts in which two large tables differ.
 *
 * @param count the number of differing parts
 * @param toRead the first differing parts, up to the maximum number of rows; empty if the first part exceeds the
 *     maximum
 */
record DifferingParts(int count, Set<Integer> toRead) {

    /** @param maxRows the maximum number of rows to read from one table */
    static DifferingParts of(Map<Integer, Total> expected, Map<Integer, Total> found, long maxRows) {
        Set<Integer> differing = new TreeSet<>(expected.keySet());
        differing.addAll(found.keySet());
        differing.removeIf(part -> Objects.equals(expected.get(part), found.get(part)));
        Set<Integer> toRead = new TreeSet<>();
        long rows = 0;
        for (int part : differing) {
            rows += Math.max(rowsIn(expected.get(part)), rowsIn(found.get(part)));
            if (rows > maxRows) {
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
