package dev.turnstone.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A view or a materialized view.
 *
 * @param schema the schema that contains the view; empty for the schema that was read
 * @param name the unquoted name
 * @param materialized whether its rows are stored
 * @param query the query in canonical form
 * @param indexes the indexes of a materialized view
 * @param triggers the INSTEAD OF triggers
 * @param options further attributes of one dialect that do not have their default value, such as
 *     {@code check option}
 * @param comment the comment, or null
 */
public record View(
        String schema,
        String name,
        boolean materialized,
        String query,
        List<Index> indexes,
        List<Trigger> triggers,
        SortedMap<String, String> options,
        @Nullable String comment) {

    public View {
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns the id of this view. */
    public ObjectId id() {
        return ObjectId.of(materialized ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW, schema, name);
    }

    /** Returns this view and all its parts, each in canonical form. */
    public List<SchemaObject> objects() {
        List<SchemaObject> objects = new ArrayList<>();
        SortedMap<String, String> attributes = new TreeMap<>(options);
        attributes.put("query", query);
        objects.add(
                SchemaObject.of(id(), schema.isEmpty() ? null : ObjectId.of(ObjectKind.SCHEMA, schema), attributes));
        indexes.forEach(index -> objects.add(Table.indexObject(index, schema, id())));
        triggers.forEach(trigger -> objects.add(SchemaObject.of(
                ObjectId.of(ObjectKind.TRIGGER, schema, name + "." + trigger.name()), id(), trigger.attributes())));
        if (comment != null) {
            objects.add(SchemaObject.of(
                    ObjectId.of(ObjectKind.COMMENT, schema, name),
                    id(),
                    Map.of("on", id().kind().label(), "text", comment)));
        }
        return objects;
    }
}
