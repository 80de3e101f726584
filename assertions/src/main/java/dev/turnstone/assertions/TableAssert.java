package dev.turnstone.assertions;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assertions about a table and its parts. */
public final class TableAssert extends PartAssert<TableAssert, Table> {

    TableAssert(@Nullable Table actual, Context context) {
        super(actual, TableAssert.class, context);
    }

    /** Returns assertions about a column. Fails if it does not exist. */
    public ColumnAssert column(String name) {
        if (isAbsent()) {
            return new ColumnAssert(null, "", context());
        }
        Column column = actual.column(name).orElse(null);
        if (column == null) {
            missing("column", name, actual.columns().stream().map(Column::name));
        }
        return new ColumnAssert(column, actual.name(), context());
    }

    /** Returns assertions about an index. Fails if it does not exist. */
    public IndexAssert index(String name) {
        if (isAbsent()) {
            return new IndexAssert(null, context());
        }
        Index index = actual.indexes().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElse(null);
        if (index == null) {
            missing("index", name, actual.indexes().stream().map(Index::name));
        }
        return new IndexAssert(index, context());
    }

    /** Returns assertions about the foreign key on these columns, in order. Fails if it does not exist. */
    public ForeignKeyAssert foreignKey(String... columns) {
        if (isAbsent()) {
            return new ForeignKeyAssert(null, "", context());
        }
        ForeignKey key = actual.foreignKeys().stream()
                .filter(k -> k.columns().equals(List.of(columns)))
                .findFirst()
                .orElse(null);
        if (key == null) {
            missing(
                    "foreign key on",
                    String.join(", ", columns),
                    actual.foreignKeys().stream().map(k -> "(" + String.join(", ", k.columns()) + ")"));
        }
        return new ForeignKeyAssert(key, actual.name(), context());
    }

    /** Returns assertions about a trigger. Fails if it does not exist. */
    public SchemaObjectAssert trigger(String name) {
        return object(ObjectKind.TRIGGER, name);
    }

    /** Returns assertions about a check constraint. Fails if it does not exist. */
    public SchemaObjectAssert check(String name) {
        return object(ObjectKind.CHECK, name);
    }

    /** Returns assertions about a unique constraint. Fails if it does not exist. */
    public SchemaObjectAssert unique(String name) {
        return object(ObjectKind.UNIQUE, name);
    }

    private SchemaObjectAssert object(ObjectKind kind, String name) {
        if (isAbsent()) {
            return new SchemaObjectAssert(null, context());
        }
        String prefix = actual.name() + ".";
        List<SchemaObject> objects =
                actual.objects().stream().filter(o -> o.id().kind() == kind).toList();
        SchemaObject object = objects.stream()
                .filter(o -> o.id().name().equals(prefix + name))
                .findFirst()
                .orElse(null);
        if (object == null) {
            missing(kind.label(), name, objects.stream().map(o -> o.id().name().substring(prefix.length())));
        }
        return new SchemaObjectAssert(object, context());
    }

    private void missing(String kind, String name, Stream<String> existing) {
        fail("table " + actual.name() + " on " + database() + " has no " + kind + " " + name + ".\n  existing: "
                + FailureText.names(existing.sorted().toList()));
    }

    /** Verifies that the table has exactly these columns, in any order. */
    public TableAssert hasOnlyColumns(String... names) {
        if (isAbsent()) {
            return this;
        }
        TreeSet<String> expected = new TreeSet<>(List.of(names));
        TreeSet<String> found =
                new TreeSet<>(actual.columns().stream().map(Column::name).toList());
        if (expected.equals(found)) {
            return this;
        }
        TreeSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        found.removeAll(expected);
        return fail("table " + actual.name() + " on " + database() + " has other columns than expected:\n  missing:    "
                + FailureText.names(missing) + "\n  unexpected: " + FailureText.names(found));
    }

    /** Verifies the columns of the primary key in order. */
    public TableAssert hasPrimaryKey(String... columns) {
        if (isAbsent()) {
            return this;
        }
        List<String> found =
                actual.primaryKey() == null ? List.of() : actual.primaryKey().columns();
        return found.equals(List.of(columns))
                ? this
                : failOn(
                        "The primary key of table " + actual.name(),
                        String.join(", ", columns),
                        found.isEmpty() ? "none" : String.join(", ", found));
    }

    /** Verifies that some columns are unique together, by a constraint or by a unique index over all rows. */
    public TableAssert hasUnique(String... columns) {
        if (isAbsent()) {
            return this;
        }
        TreeSet<String> wanted = new TreeSet<>(List.of(columns));
        List<List<String>> uniques = Stream.concat(
                        actual.uniques().stream().map(u -> u.columns()),
                        actual.indexes().stream()
                                .filter(i -> i.unique() && i.where() == null)
                                .map(i -> i.keys().stream()
                                        .map(key -> Objects.requireNonNullElse(key.column(), "(…)"))
                                        .toList()))
                .toList();
        return uniques.stream().anyMatch(u -> new TreeSet<>(u).equals(wanted))
                ? this
                : fail("table " + actual.name() + " on " + database() + " has no unique constraint or index on "
                        + String.join(", ", columns)
                        + ".\n  unique: "
                        + FailureText.names(uniques.stream()
                                .map(u -> "(" + String.join(", ", u) + ")")
                                .toList()));
    }

    /** Verifies the comment. */
    public TableAssert hasComment(String comment) {
        return isAbsent() || comment.equals(actual.comment())
                ? this
                : failOn(
                        "The comment on table " + actual.name(),
                        comment,
                        actual.comment() == null ? "none" : actual.comment());
    }
}
