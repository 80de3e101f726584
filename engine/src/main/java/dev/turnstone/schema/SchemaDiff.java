package dev.turnstone.schema;

import dev.turnstone.schema.Difference.Added;
import dev.turnstone.schema.Difference.AttributeChange;
import dev.turnstone.schema.Difference.Changed;
import dev.turnstone.schema.Difference.Removed;
import dev.turnstone.schema.Difference.Renamed;
import dev.turnstone.schema.Difference.Reordered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The exact difference between two schemas of one dialect. Immutable.
 *
 * <p>An object that came or went as a whole hides what belongs to it: a new table is one difference, not one more for
 * each of its columns.
 *
 * @param differences sorted by kind and name; empty when both are the same
 */
public record SchemaDiff(List<Difference> differences) {

    public SchemaDiff {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two schemas.
     *
     * @param before the schema as it was, or as it should be
     * @param after the schema as it is
     */
    public static SchemaDiff between(Schema before, Schema after) {
        return new Comparison(before, after).diff();
    }

    /** Whether both schemas are the same. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Each difference on a line of its own. */
    @Override
    public String toString() {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }

    /** The work of one comparison. */
    private static final class Comparison {
        private final Schema before;
        private final Schema after;
        private final Map<ObjectId, SchemaObject> removed = new HashMap<>();
        private final Map<ObjectId, SchemaObject> added = new HashMap<>();
        private final List<Difference> found = new ArrayList<>();

        /** Names that the server chose: new name to former name. */
        private final Map<String, String> renamed = new HashMap<>();

        Comparison(Schema before, Schema after) {
            this.before = before;
            this.after = after;
        }

        SchemaDiff diff() {
            SortedMap<ObjectId, SchemaObject> old = before.objects();
            SortedMap<ObjectId, SchemaObject> now = after.objects();
            old.forEach((id, object) -> {
                if (!now.containsKey(id)) {
                    removed.put(id, object);
                }
            });
            now.forEach((id, object) -> {
                if (!old.containsKey(id)) {
                    added.put(id, object);
                }
            });
            pairGeneratedNames();
            old.forEach((id, object) -> {
                SchemaObject other = now.get(id);
                if (other != null) {
                    compare(object, other);
                }
            });
            removed.values().stream()
                    .filter(o -> !hiddenBy(o, removed))
                    .map(Removed::new)
                    .forEach(found::add);
            added.values().stream()
                    .filter(o -> !hiddenBy(o, added))
                    .map(Added::new)
                    .forEach(found::add);
            compareColumnOrder();
            found.sort(java.util.Comparator.comparing(d -> d.object().id()));
            return new SchemaDiff(found);
        }

        private static boolean hiddenBy(SchemaObject object, Map<ObjectId, SchemaObject> whole) {
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
                if (!Objects.equals(oldValue, newValue)
                        && !(newValue != null && Objects.equals(oldValue, withFormerNames(newValue)))) {
                    changes.add(new AttributeChange(name, oldValue, newValue));
                }
            }
            if (!changes.isEmpty()) {
                found.add(new Changed(old, now, changes));
            }
        }

        /** Takes out of {@code removed} and {@code added} what differs only in a name that the server chose. */
        private void pairGeneratedNames() {
            Iterator<SchemaObject> candidates = removed.values().stream()
                    .filter(SchemaObject::generatedName)
                    .sorted(java.util.Comparator.comparing(SchemaObject::id))
                    .toList()
                    .iterator();
            while (candidates.hasNext()) {
                SchemaObject old = candidates.next();
                if (hiddenBy(old, removed)) {
                    continue;
                }
                added.values().stream()
                        .filter(now -> differsInGeneratedNameOnly(old, now))
                        .min(java.util.Comparator.comparing(SchemaObject::id))
                        .ifPresent(now -> {
                            removed.remove(old.id());
                            added.remove(now.id());
                            renamed.put(lastPart(now), lastPart(old));
                            found.add(new Renamed(old, now));
                        });
            }
        }

        private static boolean differsInGeneratedNameOnly(SchemaObject old, SchemaObject now) {
            return old.id().kind() == now.id().kind()
                    && Objects.equals(old.parent(), now.parent())
                    && old.attributes().equals(now.attributes())
                    && (now.generatedName()
                            || (old.id().kind() != ObjectKind.INDEX
                                    && GeneratedName.endsAsGenerated(now.id().kind(), lastPart(now))));
        }

        private static String lastPart(SchemaObject object) {
            String name = object.id().name();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private String withFormerNames(String text) {
            if (renamed.isEmpty()) {
                return text;
            }
            Matcher words = Pattern.compile("\\w+").matcher(text);
            return words.replaceAll(word -> Matcher.quoteReplacement(renamed.getOrDefault(word.group(), word.group())));
        }

        private void compareColumnOrder() {
            Set<ObjectId> touched = new HashSet<>();
            found.forEach(d -> {
                touched.add(d.object().id());
                ObjectId parent = d.object().parent();
                while (parent != null) {
                    touched.add(parent);
                    SchemaObject up = after.objects().get(parent);
                    parent = up == null ? null : up.parent();
                }
            });
            for (Table now : after.tables()) {
                if (touched.contains(now.id())) {
                    continue;
                }
                before.tables().stream()
                        .filter(t -> t.id().equals(now.id()))
                        .findFirst()
                        .ifPresent(old -> {
                            List<String> oldOrder =
                                    old.columns().stream().map(Column::name).toList();
                            List<String> newOrder =
                                    now.columns().stream().map(Column::name).toList();
                            if (!oldOrder.equals(newOrder)) {
                                found.add(new Reordered(now.objects().get(0), oldOrder, newOrder));
                            }
                        });
            }
        }
    }
}
