package dev.turnstone.snapshot;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot as text: one block for each object and one line for each part, in an order that depends only on
 * names.
 */
final class SnapshotWriter {

    static final int VERSION = 1;
    static final String FIRST_WORD = "turnstone-snapshot";

    /** Marks a generated name, which may be different the next time. */
    static final String NAME_BY_SERVER = "name-by-server";

    private static final String NOT_NULL = " not null";

    private final StringBuilder out = new StringBuilder();

    private SnapshotWriter() {}

    static String write(SchemaSnapshot snapshot) {
        SnapshotWriter writer = new SnapshotWriter();
        writer.out
                .append(FIRST_WORD)
                .append(' ')
                .append(VERSION)
                .append("\ndialect ")
                .append(SnapshotNotation.name(snapshot.dialect()))
                .append('\n');
        writer.schema(snapshot.schema());
        return writer.out.toString();
    }

    private void schema(Schema schema) {
        SortedMap<ObjectId, Runnable> blocks = new TreeMap<>();
        schema.tables().forEach(table -> blocks.put(table.id(), () -> table(table)));
        schema.views().forEach(view -> blocks.put(view.id(), () -> view(view)));
        schema.others().forEach(other -> blocks.put(other.id(), () -> other(other)));
        blocks.values().forEach(block -> {
            out.append('\n');
            block.run();
        });
    }

    private void table(Table table) {
        line(0, id(table.id()));
        valueIfPresent(1, "comment", table.comment());
        attributes(1, table.options());
        table.columns().forEach(this::column);
        if (table.primaryKey() != null) {
            primaryKey(table.primaryKey());
        }
        table.uniques().forEach(this::unique);
        table.checks().forEach(this::check);
        table.foreignKeys().forEach(this::foreignKey);
        table.indexes().forEach(this::index);
        table.triggers().forEach(this::trigger);
    }

    private void column(Column column) {
        String type = column.type().toString();
        boolean inline = SnapshotNotation.isPlain(type) && !(" " + type).endsWith(NOT_NULL);
        String suffix = column.nullable() ? "" : NOT_NULL;
        line(1, "column " + SnapshotNotation.name(column.name()) + (inline ? ": " + type + suffix : ":" + suffix));
        if (!inline) {
            value(2, "type", type);
        }
        valueIfPresent(2, "default", column.defaultExpression());
        valueIfPresent(2, "generated", column.generated());
        valueIfPresent(2, "identity", column.identity());
        valueIfPresent(2, "collation", column.collation());
        valueIfPresent(2, "comment", column.comment());
        attributes(2, column.options());
    }

    private void primaryKey(PrimaryKey key) {
        line(1, named("primary-key", key.name()) + listOf(key.columns()));
        attributes(2, key.options());
    }

    private void unique(UniqueConstraint unique) {
        line(1, named("unique", unique.name()) + listOf(unique.columns()));
        attributes(2, unique.options());
    }

    private void check(CheckConstraint check) {
        value(1, named("check", check.name()), check.expression());
        if (!check.columns().isEmpty()) {
            line(2, "columns" + listOf(check.columns()));
        }
        attributes(2, check.options());
    }

    private void foreignKey(ForeignKey key) {
        line(1, named("foreign-key", key.name()) + listOf(key.columns()));
        line(2, "references " + SnapshotNotation.name(key.referencedTable()) + listOf(key.referencedColumns()));
        attributes(2, key.options());
    }

    private void index(Index index) {
        boolean onlyColumns = index.keys().stream()
                .allMatch(key -> key.column() != null && key.suffix().isEmpty());
        String list = onlyColumns
                ? listOf(index.keys().stream().map(Index.Key::toString).toList())
                : "";
        line(1, "index " + SnapshotNotation.name(index.name()) + (index.unique() ? " unique" : "") + list);
        if (!onlyColumns) {
            index.keys().forEach(this::key);
        }
        valueIfPresent(2, "where", index.where());
        if (index.generatedName()) {
            line(2, NAME_BY_SERVER);
        }
        attributes(2, index.options());
    }

    private void key(Index.Key key) {
        if (key.column() != null) {
            line(2, "key " + SnapshotNotation.name(key.column()));
        } else if (key.expression() != null) {
            value(2, "key", key.expression());
        }
        valueIfPresent(3, "sorted", key.suffix().isEmpty() ? null : key.suffix());
    }

    private void trigger(Trigger trigger) {
        line(1, "trigger " + SnapshotNotation.name(trigger.name()));
        attributes(2, trigger.attributes());
    }

    private void view(View view) {
        line(0, id(view.id()));
        valueIfPresent(1, "comment", view.comment());
        attributes(1, view.options());
        value(1, "query", view.query());
        view.indexes().forEach(this::index);
        view.triggers().forEach(this::trigger);
    }

    private void other(SchemaObject object) {
        line(0, id(object.id()));
        if (object.parent() != null) {
            line(1, "part-of " + id(object.parent()));
        }
        if (object.generatedName()) {
            line(1, NAME_BY_SERVER);
        }
        attributes(1, object.attributes());
    }

    private static String id(ObjectId id) {
        return id.kind().label()
                + " "
                + SnapshotNotation.name(id.name())
                + (id.ordinal() == 1 ? "" : " #" + id.ordinal())
                + (id.schema().isEmpty() ? "" : " in " + SnapshotNotation.name(id.schema()));
    }

    private static String named(String label, @Nullable String name) {
        return name == null ? label : label + " " + SnapshotNotation.name(name);
    }

    private static String listOf(List<String> names) {
        return names.isEmpty() ? "" : ": " + SnapshotNotation.names(names);
    }

    private void attributes(int depth, Map<String, String> attributes) {
        attributes.forEach((key, value) -> assign(depth, SnapshotNotation.key(key) + " =", value));
    }

    private void valueIfPresent(int depth, String label, @Nullable String value) {
        if (value != null) {
            value(depth, label, value);
        }
    }

    private void value(int depth, String label, String value) {
        assign(depth, label + ":", value);
    }

    private void assign(int depth, String to, String value) {
        if (value.indexOf('\n') < 0) {
            line(depth, to + " " + SnapshotNotation.value(value));
            return;
        }
        line(depth, to + " " + SnapshotNotation.BLOCK);
        for (String each : value.split("\n", -1)) {
            line(depth + 1, SnapshotNotation.line(each));
        }
    }

    private void line(int depth, String content) {
        out.append("  ".repeat(depth)).append(content).append('\n');
    }
}
