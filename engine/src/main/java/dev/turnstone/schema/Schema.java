package dev.turnstone.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The contents of a schema or of a whole database at one moment. Immutable.
 *
 * @param tables sorted by schema and name
 * @param views views and materialized views, sorted by schema and name
 * @param others all other objects, such as sequences, enums, domains, functions and extensions, sorted by name
 */
public record Schema(List<Table> tables, List<View> views, List<SchemaObject> others) {

    /** A schema without objects. */
    public static final Schema EMPTY = new Schema(List.of(), List.of(), List.of());

    public Schema {
        tables = sorted(tables, Comparator.comparing(Table::schema).thenComparing(Table::name));
        views = sorted(views, Comparator.comparing(View::schema).thenComparing(View::name));
        others = sorted(others, Comparator.comparing(SchemaObject::id));
    }

    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    /** Returns the table with that name in the schema that was read. */
    public Optional<Table> table(String name) {
        return tables.stream()
                .filter(t -> t.schema().isEmpty() && t.name().equals(name))
                .findFirst();
    }

    /** Returns the view or materialized view with that name in the schema that was read. */
    public Optional<View> view(String name) {
        return views.stream()
                .filter(v -> v.schema().isEmpty() && v.name().equals(name))
                .findFirst();
    }

    /** Returns every object in canonical form, by its id. */
    public SortedMap<ObjectId, SchemaObject> objects() {
        return objectsExcept(Set.of());
    }

    /**
     * Returns every object, as {@link #objects()} does, without some elements and their parts.
     *
     * @param excluded tables, views and other objects, compared by identity
     */
    SortedMap<ObjectId, SchemaObject> objectsExcept(Set<Object> excluded) {
        SortedMap<ObjectId, SchemaObject> objects = new TreeMap<>();
        Stream.of(
                        tables.stream().filter(t -> !excluded.contains(t)).flatMap(t -> t.objects().stream()),
                        views.stream().filter(v -> !excluded.contains(v)).flatMap(v -> v.objects().stream()),
                        others.stream().filter(o -> !excluded.contains(o)))
                .flatMap(s -> s)
                .forEach(object -> objects.put(object.id(), object));
        return objects;
    }

    /**
     * Returns the tables, views and other objects that are the same instances in both schemas. Objects that were not
     * read again are such instances.
     */
    Set<Object> sharedWith(Schema other) {
        Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(tables);
        own.addAll(views);
        own.addAll(others);
        Set<Object> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        Stream.of(other.tables, other.views, other.others)
                .flatMap(List::stream)
                .filter(own::contains)
                .forEach(shared::add);
        return shared;
    }

    /** Returns whether this schema contains no objects. */
    public boolean isEmpty() {
        return tables.isEmpty() && views.isEmpty() && others.isEmpty();
    }

    /**
     * Returns a copy without some tables, such as the version table, and without the objects that belong to them.
     *
     * @param names names of tables, in any schema
     */
    public Schema withoutTables(Set<String> names) {
        if (tables.stream().noneMatch(t -> names.contains(t.name()))) {
            return this;
        }
        Predicate<SchemaObject> belongsToOne = object -> {
            ObjectId parent = object.parent();
            if (parent == null) {
                return false;
            }
            int dot = parent.name().indexOf('.');
            return names.contains(dot < 0 ? parent.name() : parent.name().substring(0, dot));
        };
        return new Schema(
                tables.stream().filter(t -> !names.contains(t.name())).toList(),
                views,
                new ArrayList<>(others.stream().filter(belongsToOne.negate()).toList()));
    }
}
