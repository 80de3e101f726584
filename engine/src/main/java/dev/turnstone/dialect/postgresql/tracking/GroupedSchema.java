package dev.turnstone.dialect.postgresql.tracking;

import dev.turnstone.dialect.postgresql.catalog.CatalogRow;
import dev.turnstone.dialect.postgresql.catalog.ColumnNames;
import dev.turnstone.dialect.postgresql.catalog.ObjectGroup;
import dev.turnstone.dialect.postgresql.catalog.SchemaAssembly;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A schema in groups that can be replaced one by one; see {@link ObjectGroup}. */
final class GroupedSchema {

    private final Map<String, Schema> groups = new HashMap<>();
    private final SortedMap<ObjectId, Table> tables = new TreeMap<>();
    private final SortedMap<ObjectId, View> views = new TreeMap<>();
    private final SortedMap<ObjectId, List<SchemaObject>> others = new TreeMap<>();

    /** The relations that have an index of a name, by the index's bare name. */
    private final Map<String, Set<Long>> indexes = new HashMap<>();

    private @Nullable Schema schema;

    GroupedSchema(List<CatalogRow> rows) {
        add(rows);
    }

    /** Returns whether the schema contains the group. */
    boolean has(String key) {
        return groups.containsKey(key);
    }

    /** Returns the relations that have an index of that name. */
    Set<Long> relationsWithIndex(String name) {
        return indexes.getOrDefault(name, Set.of());
    }

    /**
     * Replaces the groups that were read again.
     *
     * @param keys the groups that were read again or no longer exist
     * @param rows their current content
     */
    void replace(Set<String> keys, List<CatalogRow> rows) {
        Map<String, Schema> before = new HashMap<>();
        for (String key : keys) {
            Schema old = groups.remove(key);
            if (old != null) {
                before.put(key, old);
                remove(key, old);
            }
        }
        add(rows, before);
        schema = null;
    }

    private void add(List<CatalogRow> rows) {
        add(rows, Map.of());
    }

    private void add(List<CatalogRow> rows, Map<String, Schema> before) {
        Map<String, List<CatalogRow>> byGroup = new HashMap<>();
        for (CatalogRow row : rows) {
            byGroup.computeIfAbsent(row.required(ObjectGroup.FACT), key -> new ArrayList<>())
                    .add(row);
        }
        ColumnNames columnNames = new ColumnNames(rows);
        byGroup.forEach((key, ofGroup) -> {
            Schema now = SchemaAssembly.of(ofGroup, columnNames);
            Schema old = before.get(key);
            add(key, old != null && old.equals(now) ? old : now);
        });
    }

    private void add(String key, Schema group) {
        if (groups.put(key, group) != null) {
            throw new IllegalStateException("The group " + key + " was read and not replaced.");
        }
        group.tables().forEach(table -> {
            tables.put(table.id(), table);
            table.indexes().forEach(index -> note(index.name(), key));
        });
        group.views().forEach(view -> {
            views.put(view.id(), view);
            view.indexes().forEach(index -> note(index.name(), key));
        });
        group.others().forEach(other -> others.computeIfAbsent(other.id(), id -> new ArrayList<>())
                .add(other));
    }

    private void note(String index, String key) {
        indexes.computeIfAbsent(index, name -> new HashSet<>()).add(Long.valueOf(key.substring(1)));
    }

    private void remove(String key, Schema group) {
        group.tables().forEach(table -> {
            // Another table may have taken its name meanwhile.
            tables.remove(table.id(), table);
            table.indexes().forEach(index -> forget(index.name(), key));
        });
        group.views().forEach(view -> {
            views.remove(view.id(), view);
            view.indexes().forEach(index -> forget(index.name(), key));
        });
        for (SchemaObject other : group.others()) {
            List<SchemaObject> alike = others.get(other.id());
            if (alike != null) {
                alike.remove(other);
                if (alike.isEmpty()) {
                    others.remove(other.id());
                }
            }
        }
    }

    private void forget(String index, String key) {
        indexes.getOrDefault(index, new HashSet<>()).remove(Long.valueOf(key.substring(1)));
    }

    /** Returns all groups as one schema. */
    Schema schema() {
        Schema whole = schema;
        if (whole == null) {
            whole = new Schema(
                    List.copyOf(tables.values()),
                    List.copyOf(views.values()),
                    others.values().stream().flatMap(List::stream).toList());
            schema = whole;
        }
        return whole;
    }
}
