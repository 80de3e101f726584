package dev.turnstone.schema;

import dev.turnstone.schema.Difference.Added;
import dev.turnstone.schema.Difference.AttributeChange;
import dev.turnstone.schema.Difference.Changed;
import dev.turnstone.schema.Difference.Removed;
import dev.turnstone.schema.Difference.Renamed;
import dev.turnstone.schema.Difference.Reordered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares two schemas in linear time. An instance is used once. */
final class SchemaComparison {

    private static final Pattern WORD = Pattern.compile("\\w+");

    private final Map<ObjectId, Table> tablesBefore;
    private final List<Table> tablesAfter;
    private final SortedMap<ObjectId, SchemaObject> before;
    private final SortedMap<ObjectId, SchemaObject> after;
    private final SortedMap<ObjectId, SchemaObject> removed;
    private final SortedMap<ObjectId, SchemaObject> added;
    private final List<Difference> found = new ArrayList<>();

    /** Objects whose generated name changed: old id to new id. */
    private final Map<ObjectId, ObjectId> renamed = new HashMap<>();

    /** The same names as they occur in definitions: new name to old name. */
    private final Map<String, String> oldNames = new HashMap<>();

    SchemaComparison(Schema before, Schema after) {
        // Equal instances need no comparison. Between two reads of one database, nearly all objects are the same
        // instances.
        Set<Object> same = before.sharedWith(after);
        this.tablesBefore =
                before.tables().stream().filter(t -> !same.contains(t)).collect(Collectors.toMap(Table::id, t -> t));
        this.tablesAfter =
                after.tables().stream().filter(t -> !same.contains(t)).toList();
        this.before = before.objectsExcept(same);
        this.after = after.objectsExcept(same);
        this.removed = without(this.before, this.after);
        this.added = without(this.after, this.before);
    }

    private static SortedMap<ObjectId, SchemaObject> without(
            SortedMap<ObjectId, SchemaObject> objects, SortedMap<ObjectId, SchemaObject> others) {
        SortedMap<ObjectId, SchemaObject> rest = new TreeMap<>(objects);
        rest.keySet().removeAll(others.keySet());
        return rest;
    }

    /** Returns the differences, sorted by kind and name. */
    List<Difference> differences() {
        pairGeneratedNames();
        before.forEach((id, object) -> {
            SchemaObject now = after.get(id);
            if (now != null) {
                compare(object, now);
            }
        });
        removed.values().stream()
                .filter(object -> !isHidden(object, removed))
                .map(Removed::new)
                .forEach(found::add);
        added.values().stream()
                .filter(object -> !isHidden(object, added))
                .map(Added::new)
                .forEach(found::add);
        compareColumnOrder();
        found.sort(Comparator.comparing(difference -> difference.object().id()));
        return found;
    }

    /**
     * Returns whether the parent was added or removed as a whole, so that a difference for the part would repeat it.
     */
    private static boolean isHidden(SchemaObject object, Map<ObjectId, SchemaObject> whole) {
        ObjectId parent = object.parent();
        return parent != null && whole.containsKey(parent);
    }

    private void compare(SchemaObject old, SchemaObject now) {
        Set<String> names = new TreeSet<>(old.attributes().keySet());
        names.addAll(now.attributes().keySet());
        List<AttributeChange> changes = new ArrayList<>();
        for (String name : names) {
            String oldValue = old.attributes().get(name);
            String newValue = now.attributes().get(name);
            if (!Objects.equals(oldValue, newValue) && !Objects.equals(oldValue, withOldNames(newValue))) {
                changes.add(new AttributeChange(name, oldValue, newValue));
            }
        }
        if (!changes.isEmpty()) {
            found.add(new Changed(old, now, changes));
        }
    }

    /** The properties that two objects share if they differ only in their names. */
    private record Nameless(ObjectKind kind, @Nullable ObjectId parent, Map<String, String> attributes) {}

    /** Removes the pairs from {@code removed} and {@code added} that differ only in a generated name. */
    private void pairGeneratedNames() {
        Map<Nameless, Deque<SchemaObject>> candidates = new HashMap<>();
        for (SchemaObject now : added.values()) {
            if (couldBeGenerated(now)) {
                candidates
                        .computeIfAbsent(nameless(now, now.parent()), key -> new ArrayDeque<>())
                        .add(now);
            }
        }
        if (candidates.isEmpty()) {
            return;
        }
        for (SchemaObject old : List.copyOf(removed.values())) {
            Deque<SchemaObject> alike = candidates.get(nameless(old, old.parent()));
            if (old.generatedName() && !isHidden(old, removed) && alike != null && !alike.isEmpty()) {
                SchemaObject now = alike.remove();
                removed.remove(old.id());
                added.remove(now.id());
                renamed.put(old.id(), now.id());
                oldNames.put(lastPart(now), lastPart(old));
                found.add(new Renamed(old, now));
            }
        }
        pairPartsOfRenamed();
    }

    /**
     * Removes the parts of renamed objects. For example, the comment on a constraint contains the constraint's name and
     * is not a separate difference.
     */
    private void pairPartsOfRenamed() {
        Map<Nameless, SchemaObject> children = new HashMap<>();
        added.values().forEach(now -> children.put(nameless(now, now.parent()), now));
        for (SchemaObject old : List.copyOf(removed.values())) {
            ObjectId parent = old.parent();
            SchemaObject now = parent == null || !renamed.containsKey(parent)
                    ? null
                    : children.get(nameless(old, renamed.get(parent)));
            if (now != null) {
                removed.remove(old.id());
                added.remove(now.id());
            }
        }
    }

    private static Nameless nameless(SchemaObject object, @Nullable ObjectId parent) {
        return new Nameless(object.id().kind(), parent, object.attributes());
    }

    /**
     * A table that was created under another name and then renamed keeps the names of its constraints. Indexes are
     * excluded, because authors often use the same suffix.
     */
    private static boolean couldBeGenerated(SchemaObject object) {
        ObjectKind kind = object.id().kind();
        return object.generatedName()
                || (kind != ObjectKind.INDEX && GeneratedName.endsAsGenerated(kind, lastPart(object)));
    }

    private static String lastPart(SchemaObject object) {
        String name = object.id().name();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private @Nullable String withOldNames(@Nullable String text) {
        if (text == null || oldNames.isEmpty()) {
            return text;
        }
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(oldNames.getOrDefault(word.group(), word.group())));
    }

    private void compareColumnOrder() {
        Set<ObjectId> changed = changedObjects();
        for (Table now : tablesAfter) {
            Table old = tablesBefore.get(now.id());
            if (old != null && !changed.contains(now.id())) {
                List<String> oldOrder = old.columns().stream().map(Column::name).toList();
                List<String> newOrder = now.columns().stream().map(Column::name).toList();
                if (!oldOrder.equals(newOrder)) {
                    found.add(new Reordered(Objects.requireNonNull(after.get(now.id())), oldOrder, newOrder));
                }
            }
        }
    }

    /** Returns the objects that differ in more than a name, and their parents. */
    private Set<ObjectId> changedObjects() {
        Set<ObjectId> changed = new HashSet<>();
        for (Difference difference : found) {
            SchemaObject object = difference instanceof Renamed ? null : difference.object();
            while (object != null && changed.add(object.id()) && object.parent() != null) {
                ObjectId parent = object.parent();
                object = after.getOrDefault(parent, before.get(parent));
            }
        }
        return changed;
    }
}
