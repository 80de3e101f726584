package dev.turnstone.rows;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Sample values of one type.
 *
 * @param common returns a common value for a number; different numbers give different values, if the type has enough
 * @param edges boundary values and unusual values
 * @param others further values that may satisfy a constraint
 */
record Samples(IntFunction<Object> common, List<Object> edges, List<Object> others) {

    static Samples of(IntFunction<Object> common, Object... edges) {
        return new Samples(common, List.of(edges), List.of());
    }

    /** Returns these samples with the given values first. */
    Samples preferring(List<Object> values) {
        return values.isEmpty() ? this : new Samples(n -> values.get(Math.floorMod(n, values.size())), values, pool(0));
    }

    /** Returns all values, common ones first. */
    List<Object> pool(int number) {
        List<Object> pool = new java.util.ArrayList<>();
        pool.add(common.apply(number));
        pool.addAll(edges);
        pool.addAll(others);
        return pool.stream().distinct().toList();
    }
}
