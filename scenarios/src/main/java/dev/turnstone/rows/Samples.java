package dev.turnstone.rows;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Values of one type.
 *
 * @param common a common value for a number; different numbers give different values, as far as the type has them
 * @param edges boundary values and unusual ones
 * @param others further values that a constraint may want
 */
record Samples(IntFunction<Object> common, List<Object> edges, List<Object> others) {

    static Samples of(IntFunction<Object> common, Object... edges) {
        return new Samples(common, List.of(edges), List.of());
    }

    /** These samples, with others before the own ones. */
    Samples preferring(List<Object> values) {
        return values.isEmpty() ? this : new Samples(n -> values.get(Math.floorMod(n, values.size())), values, pool(0));
    }

    /** All values, the more common ones first. */
    List<Object> pool(int number) {
        List<Object> pool = new java.util.ArrayList<>();
        pool.add(common.apply(number));
        pool.addAll(edges);
        pool.addAll(others);
        return pool.stream().distinct().toList();
    }
}
