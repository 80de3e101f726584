package dev.turnstone.dialect.postgresql;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object as the catalog query answers it.
 *
 * @param kind what it is
 * @param schema the schema that holds it; empty for the schema that is looked at
 * @param name its name; for what the model keeps within a table or view the bare one
 * @param parent the object with which it comes and goes, or null
 * @param facts what the query says about it. A key that begins with a dot is for putting the model together; all others
 *     are attributes of the definition.
 */
record CatalogRow(
        ObjectKind kind,
        String schema,
        String name,
        @Nullable ObjectId parent,
        Map<String, String> facts) {

    /** Stands between the members of a list within one fact: no name can hold it by accident. */
    static final String SEPARATOR = "\u001f";

    CatalogRow {
        facts = Map.copyOf(facts);
    }

    ObjectId id() {
        return ObjectId.of(kind, schema, name);
    }

    @Nullable
    String fact(String key) {
        return facts.get(key);
    }

    /** A fact that this kind of object always has; the server leaves it out only for what was dropped meanwhile. */
    String required(String key) {
        String value = facts.get(key);
        if (value == null) {
            throw new VanishedMeanwhileException(id() + " has no " + key);
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

    /** The facts that define the object, without those that the model has a place of its own for. */
    SortedMap<String, String> attributesWithout(String... keys) {
        SortedMap<String, String> attributes = new TreeMap<>(facts);
        attributes.keySet().removeIf(key -> key.startsWith("."));
        attributes.keySet().removeAll(List.of(keys));
        return attributes;
    }
}
