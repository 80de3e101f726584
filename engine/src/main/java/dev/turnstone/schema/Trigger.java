package dev.turnstone.schema;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trigger on a table or a view.
 *
 * @param name the unquoted name
 * @param attributes its definition in the database's canonical form: events, timing, condition, body or function,
 *     state
 */
public record Trigger(String name, SortedMap<String, String> attributes) {

    public Trigger {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** Returns a trigger with the given definition. */
    public static Trigger of(String name, Map<String, String> attributes) {
        return new Trigger(name, new TreeMap<>(attributes));
    }
}
