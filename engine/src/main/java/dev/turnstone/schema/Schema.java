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
 * All that a schema, or a whole database, holds at one moment. Immutable.
 *
 * @param tables sorted by schema and name
 * @param views views and materialized views, sorted by schema and name
 * @param others all that is neither a table nor a view nor part of one: sequences, enums, domains, functions,
 *     extensions…, sorted by name
 */
public record Schema(List<Table> tables, List<View> views, List<SchemaObject> others) {

    /** A schema without anything in it. */
    public static final Schema EMPTY = new Schema(List.of(), List.of(), List.of());

    public Schema {
        tables = sorted(tables, Comparator.comparing(Table::schema).thenComparing(Table::name));
        views = sorted(views, Comparator.comparing(View::schema).thenComparing(View::name));
        others = sorted(others, Comparator.comparing(SchemaObject::id));
    }

    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    /** The table of that name in the schema that is looked at. */
    public Optional<Table> table(String name) {
        return tables.stream()
                .filter(t -> t.schema().isEmpty() && t.name().equals(name))
                .findFirst();
    }

    /** The view or materialized view of that name in the schema that is looked at. */
    public Optional<View> view(String name) {
        return views.stream()
                .filter(v -> v.schema().isEmpty() && v.name().equals(name))
                .findFirst();
    }

    /** Every object with its canonical definition, by its name. */
    public SortedMap<ObjectId, SchemaObject> objects() {
        return objectsExcept(Set.of());
    }

    /**
     * As {@link #objects()}, without some parts and all that is in them.
     *
     * @param known tables, views and others, told by identity
     */
    SortedMap<ObjectId, SchemaObject> objectsExcept(Set<Object> known) {
        SortedMap<ObjectId, SchemaObject> objects = new TreeMap<>();
        Stream.of(
                        tables.stream().filter(t -> !known.contains(t)).flatMap(t -> t.objects().stream()),
                        views.stream().filter(v -> !known.contains(v)).flatMap(v -> v.objects().stream()),
                        others.stream().filter(o -> !known.contains(o)))
                .flatMap(s -> s)
                .forEach(object -> objects.put(object.id(), object));
        return objects;
    }

    /** The tables, views and others that are the very instances of another schema, as those are that were not read again. */
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

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return tables.isEmpty() && views.isEmpty() && others.isEmpty();
    }

    /**
     * This schema without some tables, such as the version table, and without the objects that come and go with them.
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
