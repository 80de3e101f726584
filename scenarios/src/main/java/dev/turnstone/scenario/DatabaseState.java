package dev.turnstone.scenario;

import dev.turnstone.dialect.TableRows;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The schema of a database and the row digests of its tables at one moment, without the version table.
 *
 * @param schema the schema
 * @param rows the row count and digest by table; tables without rows are absent
 */
public record DatabaseState(Schema schema, SortedMap<ObjectId, TableRows> rows) {

    public static DatabaseState of(Schema schema, SortedMap<ObjectId, TableRows> rows) {
        return new DatabaseState(schema.withoutTables(VersionTable.USUAL_TABLES), withoutVersion(rows));
    }

    public static SortedMap<ObjectId, TableRows> withoutVersion(SortedMap<ObjectId, TableRows> rows) {
        SortedMap<ObjectId, TableRows> withoutVersion = new TreeMap<>(rows);
        withoutVersion.keySet().removeIf(id -> VersionTable.USUAL_TABLES.contains(id.name()));
        return withoutVersion;
    }

    /** Returns the differences between the two schemas. */
    public List<Difference> schemaDifferencesTo(DatabaseState later) {
        return SchemaDiff.between(schema, later.schema).differences();
    }

    /**
     * Returns the differences between the two schemas, followed by those between the rows of tables that both states
     * have.
     */
    public List<Difference> differencesTo(DatabaseState later) {
        List<Difference> differences = new ArrayList<>(schemaDifferencesTo(later));
        TreeSet<ObjectId> tables = new TreeSet<>(rows.keySet());
        tables.addAll(later.rows.keySet());
        for (ObjectId table : tables) {
            SchemaObject before = object(table, rows);
            SchemaObject after = object(table, later.rows);
            if (hasTable(table) && later.hasTable(table) && !before.equals(after)) {
                List<Difference.AttributeChange> changes = new ArrayList<>();
                for (String attribute : after.attributes().keySet()) {
                    String old = before.attributes().get(attribute);
                    String now = after.attributes().get(attribute);
                    if (!java.util.Objects.equals(old, now)) {
                        changes.add(new Difference.AttributeChange(attribute, old, now));
                    }
                }
                differences.add(new Difference.Changed(before, after, changes));
            }
        }
        return differences;
    }

    /**
     * Returns whether the later state has the same schema and the same row counts. The contents of the rows may differ.
     */
    public boolean isLike(DatabaseState later) {
        return schemaDifferencesTo(later).isEmpty() && counts(rows).equals(counts(later.rows));
    }

    private static Map<ObjectId, Long> counts(SortedMap<ObjectId, TableRows> rows) {
        return rows.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, table -> table.getValue()
                .count()));
    }

    private boolean hasTable(ObjectId rowsOf) {
        return schema.tables().stream()
                .anyMatch(t -> t.schema().equals(rowsOf.schema()) && t.name().equals(rowsOf.name()));
    }

    private static SchemaObject object(ObjectId table, Map<ObjectId, TableRows> rows) {
        TableRows held = rows.getOrDefault(table, new TableRows(0, ""));
        return SchemaObject.of(table, null, Map.of("rows", Long.toString(held.count()), "content", held.digest()));
    }
}
