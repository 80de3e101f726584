package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object as a row of the catalog query.
 *
 * @param kind the kind of object
 * @param schema the schema that holds it; empty for the schema that is read
 * @param name its name; the bare name for an object that the model keeps within a table or view
 * @param parent the object with which it is created and dropped, or null
 * @param facts the values by key. A key that begins with a dot is for assembling the model; all others are attributes
 *     of the definition.
 */
public record CatalogRow(
        ObjectKind kind,
        String schema,
        String name,
        @Nullable ObjectId parent,
        Map<String, String> facts) {

    /** Separates the members of a list within one fact. No name contains it by accident. */
    static final String SEPARATOR = "\u001f";

    public CatalogRow {
        facts = Map.copyOf(facts);
    }

    ObjectId id() {
        return ObjectId.of(kind, schema, name);
    }

    @Nullable
    String fact(String key) {
        return facts.get(key);
    }

    /**
     * Returns a fact that every object of this kind has. The server leaves it out only for an object that was dropped
     * meanwhile.
     */
    public String required(String key) {
        String value = facts.get(key);
        if (value == null) {
            throw new ReadRetry.ConcurrentChangeException(id() + " has no " + key);
        }
        return value;
    }

    boolean is(String key) {
        return facts.containsKey(key);
    }

    int number(String key) {
        return Integer.parseInt(required(key));
    }

    List<String> list(String key) {
        String joined = facts.get(key);
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
    }

    /** Returns the facts that define the object, without those that are components of the model's records. */
    SortedMap<String, String> attributesWithout(String... keys) {
        SortedMap<String, String> attributes = new TreeMap<>(facts);
        attributes.keySet().removeIf(key -> key.startsWith("."));
        attributes.keySet().removeAll(List.of(keys));
        return attributes;
    }
}
