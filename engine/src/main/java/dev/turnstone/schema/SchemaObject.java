package dev.turnstone.schema;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of a schema in canonical form: two objects are the same when their attributes are equal.
 *
 * @param id what it is called
 * @param parent the object with which it comes and goes: a column's table, a default's column; null for an object that
 *     stands alone
 * @param attributes its definition, each value as the database canonically spells it; an absent attribute is the
 *     default one
 * @param generatedName whether the name has the form that the server itself chooses, such as {@code jobs_pkey}
 */
public record SchemaObject(
        ObjectId id, @Nullable ObjectId parent, SortedMap<String, String> attributes, boolean generatedName) {

    public SchemaObject {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** An object with a name of its author's. */
    public static SchemaObject of(ObjectId id, @Nullable ObjectId parent, Map<String, String> attributes) {
        return new SchemaObject(id, parent, new TreeMap<>(attributes), false);
    }

    /** The object on one line, for messages: {@code index ix_jobs_status (columns status, on jobs)}. */
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
