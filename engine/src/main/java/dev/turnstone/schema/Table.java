package dev.turnstone.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table with its columns, constraints, indexes and triggers. Immutable.
 *
 * @param schema the schema that contains the table; empty for the schema that was read
 * @param name the unquoted name
 * @param columns in the table's order
 * @param primaryKey the primary key, or null
 * @param uniques the unique constraints
 * @param checks the check constraints
 * @param foreignKeys the foreign keys from this table to others
 * @param indexes the indexes that do not belong to a constraint
 * @param triggers the triggers on this table
 * @param options further attributes of one dialect that do not have their default value, such as
 *     {@code without rowid}, {@code strict}, {@code partition by}, {@code row security}
 * @param comment the comment, or null
 */
public record Table(
        String schema,
        String name,
        List<Column> columns,
        @Nullable PrimaryKey primaryKey,
        List<UniqueConstraint> uniques,
        List<CheckConstraint> checks,
        List<ForeignKey> foreignKeys,
        List<Index> indexes,
        List<Trigger> triggers,
        SortedMap<String, String> options,
        @Nullable String comment) {

    public Table {
        columns = List.copyOf(columns);
        uniques = List.copyOf(uniques);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /**
     * Returns a table with columns and constraints, in the schema that was read.
     *
     * @throws IllegalArgumentException if there is more than one primary key, or two columns have the same name
     */
    public static Table of(String name, List<? extends TableElement> elements) {
        List<Column> columns = only(Column.class, elements);
        List<PrimaryKey> keys = only(PrimaryKey.class, elements);
        if (keys.size() > 1) {
            throw new IllegalArgumentException("Table " + name + " has " + keys.size() + " primary keys.");
        }
        Map<String, Long> byName = columns.stream().collect(Collectors.groupingBy(Column::name, Collectors.counting()));
        byName.forEach((column, count) -> {
            if (count > 1) {
                throw new IllegalArgumentException(
                        "Table " + name + " has " + count + " columns with the name " + column + ".");
            }
        });
        return new Table(
                "",
                name,
                columns,
                keys.isEmpty() ? null : keys.get(0),
                only(UniqueConstraint.class, elements),
                only(CheckConstraint.class, elements),
                only(ForeignKey.class, elements),
                List.of(),
                List.of(),
                new TreeMap<>(),
                null);
    }

    private static <T extends TableElement> List<T> only(Class<T> type, List<? extends TableElement> elements) {
        return elements.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the column with that name. */
    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** Returns a copy with another name. */
    public Table named(String newName) {
        return new Table(
                schema,
                newName,
                columns,
                primaryKey,
                uniques,
                checks,
                foreignKeys,
                indexes,
                triggers,
                options,
                comment);
    }

    /** Returns a copy with other columns. */
    public Table withColumns(List<Column> newColumns) {
        return new Table(
                schema,
                name,
                newColumns,
                primaryKey,
                uniques,
                checks,
                foreignKeys,
                indexes,
                triggers,
                options,
                comment);
    }

    /** Returns a copy with another primary key, or without one if {@code newKey} is null. */
    public Table withPrimaryKey(@Nullable PrimaryKey newKey) {
        return new Table(
                schema, name, columns, newKey, uniques, checks, foreignKeys, indexes, triggers, options, comment);
    }

    /** Returns a copy with other unique constraints. */
    public Table withUniques(List<UniqueConstraint> newUniques) {
        return new Table(
                schema,
                name,
                columns,
                primaryKey,
                newUniques,
                checks,
                foreignKeys,
                indexes,
                triggers,
                options,
                comment);
    }

    /** Returns a copy with other check constraints. */
    public Table withChecks(List<CheckConstraint> newChecks) {
        return new Table(
                schema,
                name,
                columns,
                primaryKey,
                uniques,
                newChecks,
                foreignKeys,
                indexes,
                triggers,
                options,
                comment);
    }

    /** Returns a copy with other foreign keys. */
    public Table withForeignKeys(List<ForeignKey> newKeys) {
        return new Table(
                schema, name, columns, primaryKey, uniques, checks, newKeys, indexes, triggers, options, comment);
    }

    /** Returns a copy with other indexes. */
    public Table withIndexes(List<Index> newIndexes) {
        return new Table(
                schema,
                name,
                columns,
                primaryKey,
                uniques,
                checks,
                foreignKeys,
                newIndexes,
                triggers,
                options,
                comment);
    }

    /** Returns a copy with other triggers. */
    public Table withTriggers(List<Trigger> newTriggers) {
        return new Table(
                schema,
                name,
                columns,
                primaryKey,
                uniques,
                checks,
                foreignKeys,
                indexes,
                newTriggers,
                options,
                comment);
    }

    /** Returns the id of this table. */
    public ObjectId id() {
        return ObjectId.of(ObjectKind.TABLE, schema, name);
    }

    /** Returns this table and all its parts, each in canonical form. */
    public List<SchemaObject> objects() {
        List<SchemaObject> objects = new ArrayList<>();
        objects.add(SchemaObject.of(id(), schema.isEmpty() ? null : ObjectId.of(ObjectKind.SCHEMA, schema), options));
        addComment(objects, id(), name, comment);
        columns.forEach(column -> addColumn(objects, column));
        Map<String, Integer> unnamed = new HashMap<>();
        if (primaryKey != null) {
            objects.add(constraint(
                    unnamed,
                    ObjectKind.PRIMARY_KEY,
                    primaryKey.name(),
                    primaryKey.columns(),
                    primaryKey.options(),
                    Map.of("columns", String.join(", ", primaryKey.columns()))));
        }
        for (UniqueConstraint unique : uniques) {
            objects.add(constraint(
                    unnamed,
                    ObjectKind.UNIQUE,
                    unique.name(),
                    unique.columns(),
                    unique.options(),
                    Map.of("columns", String.join(", ", unique.columns()))));
        }
        for (CheckConstraint check : checks) {
            objects.add(constraint(
                    unnamed,
                    ObjectKind.CHECK,
                    check.name(),
                    check.columns(),
                    check.options(),
                    Map.of("expression", check.expression())));
        }
        for (ForeignKey key : foreignKeys) {
            objects.add(constraint(
                    unnamed,
                    ObjectKind.FOREIGN_KEY,
                    key.name(),
                    key.columns(),
                    key.options(),
                    Map.of(
                            "columns",
                            String.join(", ", key.columns()),
                            "references",
                            key.referencedTable()
                                    + (key.referencedColumns().isEmpty()
                                            ? ""
                                            : " (" + String.join(", ", key.referencedColumns()) + ")"))));
        }
        indexes.forEach(index -> objects.add(indexObject(index, schema, id())));
        triggers.forEach(trigger -> objects.add(SchemaObject.of(
                ObjectId.of(ObjectKind.TRIGGER, schema, name + "." + trigger.name()), id(), trigger.attributes())));
        return objects;
    }

    private void addColumn(List<SchemaObject> objects, Column column) {
        SortedMap<String, String> attributes = new TreeMap<>(column.options());
        attributes.put("type", column.type().toString());
        attributes.put("nullable", column.nullable() ? "yes" : "no");
        putIfPresent(attributes, "generated", column.generated());
        putIfPresent(attributes, "identity", column.identity());
        putIfPresent(attributes, "collation", column.collation());
        String qualified = name + "." + column.name();
        ObjectId id = ObjectId.of(ObjectKind.COLUMN, schema, qualified);
        objects.add(SchemaObject.of(id, id(), attributes));
        if (column.defaultExpression() != null) {
            objects.add(SchemaObject.of(
                    ObjectId.of(ObjectKind.DEFAULT, schema, qualified),
                    id,
                    Map.of("expression", column.defaultExpression())));
        }
        addComment(objects, id, qualified, column.comment());
    }

    private void addComment(List<SchemaObject> objects, ObjectId on, String commented, @Nullable String text) {
        if (text != null) {
            objects.add(SchemaObject.of(
                    ObjectId.of(ObjectKind.COMMENT, schema, commented),
                    on,
                    Map.of("on", on.kind().label(), "text", text)));
        }
    }

    private SchemaObject constraint(
            Map<String, Integer> unnamed,
            ObjectKind kind,
            @Nullable String constraintName,
            List<String> on,
            SortedMap<String, String> more,
            Map<String, String> definition) {
        SortedMap<String, String> attributes = new TreeMap<>(more);
        attributes.putAll(definition);
        String columnList = "(" + String.join(", ", on) + ")";
        int ordinal = constraintName == null ? unnamed.merge(kind + columnList, 1, Integer::sum) : 1;
        String qualified = name + "." + (constraintName == null ? columnList : constraintName);
        return new SchemaObject(
                new ObjectId(kind, schema, qualified, ordinal),
                id(),
                attributes,
                constraintName != null && GeneratedName.isConstraint(kind, name, on, constraintName));
    }

    /**
     * Returns an index in canonical form.
     *
     * @param schema the schema of its table
     * @param on the table or materialized view of the index
     */
    public static SchemaObject indexObject(Index index, String schema, ObjectId on) {
        SortedMap<String, String> attributes = new TreeMap<>(index.options());
        attributes.put("on", on.name());
        attributes.put("keys", index.keys().stream().map(Index.Key::toString).collect(Collectors.joining(", ")));
        if (index.unique()) {
            attributes.put("unique", "yes");
        }
        putIfPresent(attributes, "where", index.where());
        return new SchemaObject(
                ObjectId.of(ObjectKind.INDEX, schema, index.name()), on, attributes, index.generatedName());
    }

    private static void putIfPresent(Map<String, String> attributes, String key, @Nullable String value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }
}
