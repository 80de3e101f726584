package dev.turnstone.schema;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of a schema in canonical form. Two objects are the same if their attributes are equal.
 *
 * @param id the object's id
 * @param parent the object that this one belongs to, such as a column's table or a default's column; null for an
 *     independent object
 * @param attributes the definition, each value in the database's canonical form; an absent attribute has its
 *     default value
 * @param generatedName whether the name has the form that the server generates, such as {@code jobs_pkey}
 */
public record SchemaObject(
        ObjectId id, @Nullable ObjectId parent, SortedMap<String, String> attributes, boolean generatedName) {

    public SchemaObject {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** Returns an object whose name was chosen by its author. */
    public static SchemaObject of(ObjectId id, @Nullable ObjectId parent, Map<String, String> attributes) {
        return new SchemaObject(id, parent, new TreeMap<>(attributes), false);
    }

    /** Returns the object on one line for messages: {@code index ix_jobs_status (columns status, on jobs)}. */
    @Override
    public String toString() {
        if (attributes.isEmpty()) {
            return id.toString();
        }
        return id
                + attributes.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().strip().replaceAll("\\s+", " "))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
