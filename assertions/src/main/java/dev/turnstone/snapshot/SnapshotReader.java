package dev.turnstone.snapshot;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the text of a {@link SnapshotWriter} into a snapshot. */
final class SnapshotReader {

    private static final Map<String, ObjectKind> KINDS =
            Stream.of(ObjectKind.values()).collect(Collectors.toMap(ObjectKind::label, Function.identity()));
    private static final String NOT_NULL = "not null";

    private final SnapshotLines lines;

    private SnapshotReader(SnapshotLines lines) {
        this.lines = lines;
    }

    /**
     * @param file its name, for messages
     * @throws UnreadableSnapshotException if the text is not a snapshot
     */
    static SchemaSnapshot read(String file, String text) {
        SnapshotLines lines = SnapshotLines.of(file, text);
        return new SchemaSnapshot(lines.dialect(), new SnapshotReader(lines).schema());
    }

    private Schema schema() {
        List<Table> tables = new ArrayList<>();
        List<View> views = new ArrayList<>();
        List<SchemaObject> others = new ArrayList<>();
        for (SnapshotLine block : lines.blocks()) {
            ObjectId id = id(block, block.label(), block.words());
            switch (id.kind()) {
                case TABLE -> tables.add(table(id, block));
                case VIEW, MATERIALIZED_VIEW -> views.add(view(id, block));
                default -> others.add(other(id, block));
            }
        }
        return new Schema(tables, views, others);
    }

    private ObjectId id(SnapshotLine line, String label, List<String> words) {
        ObjectKind kind = KINDS.get(label);
        if (kind == null || words.isEmpty()) {
            throw lines.malformed(line, "'" + label + "' is not a kind of object with a name.");
        }
        int next = 1;
        int ordinal = 1;
        if (words.size() > next && words.get(next).startsWith("#")) {
            ordinal = Integer.parseInt(words.get(next++).substring(1));
        }
        String schema = "";
        if (words.size() == next + 2 && words.get(next).equals("in")) {
            schema = SnapshotNotation.read(words.get(next + 1));
            next += 2;
        }
        if (words.size() != next) {
            throw lines.malformed(line, "'" + words.get(next) + "' is not allowed after the name.");
        }
        return new ObjectId(kind, schema, SnapshotNotation.read(words.get(0)), ordinal);
    }

    private Table table(ObjectId id, SnapshotLine block) {
        lines.expectParts(
                block, "comment", "column", "primary-key", "unique", "check", "foreign-key", "index", "trigger");
        Optional<SnapshotLine> key = block.part("primary-key");
        return new Table(
                id.schema(),
                id.name(),
                all(block, "column", this::column),
                key.isEmpty() ? null : new PrimaryKey(key.get().name(), names(key.get()), attributes(key.get())),
                all(block, "unique", line -> new UniqueConstraint(line.name(), names(line), attributes(line))),
                all(block, "check", this::check),
                all(block, "foreign-key", this::foreignKey),
                all(block, "index", this::index),
                all(block, "trigger", line -> new Trigger(name(line), attributes(line))),
                block.attributes(),
                block.valueOf("comment"));
    }

    private static <T> List<T> all(SnapshotLine block, String label, Function<SnapshotLine, T> make) {
        return block.parts(label).stream().map(make).toList();
    }

    private java.util.SortedMap<String, String> attributes(SnapshotLine line) {
        lines.expectParts(line);
        return line.attributes();
    }

    private Column column(SnapshotLine line) {
        lines.expectParts(line, "type", "default", "generated", "identity", "collation", "comment");
        String value = line.value() == null ? "" : line.value();
        boolean notNull = value.equals(NOT_NULL) || value.endsWith(" " + NOT_NULL);
        String type =
                notNull ? value.substring(0, value.length() - NOT_NULL.length()).strip() : value;
        String ownLine = line.valueOf("type");
        return new Column(
                name(line),
                ColumnType.spelled(ownLine == null ? type : ownLine),
                !notNull,
                line.valueOf("default"),
                line.valueOf("generated"),
                line.valueOf("identity"),
                line.valueOf("collation"),
                line.valueOf("comment"),
                line.attributes());
    }

    private CheckConstraint check(SnapshotLine line) {
        lines.expectParts(line, "columns");
        return new CheckConstraint(
                line.name(), value(line), line.part("columns").map(this::names).orElse(List.of()), line.attributes());
    }

    private ForeignKey foreignKey(SnapshotLine line) {
        lines.expectParts(line, "references");
        SnapshotLine references = line.part("references")
                .orElseThrow(() -> lines.malformed(line, "the foreign key has no 'references'."));
        return new ForeignKey(line.name(), names(line), name(references), names(references), line.attributes());
    }

    private Index index(SnapshotLine line) {
        lines.expectParts(line, "key", "where", SnapshotWriter.NAME_BY_SERVER);
        List<Index.Key> keys = new ArrayList<>();
        names(line).forEach(column -> keys.add(new Index.Key(column, null, "")));
        for (SnapshotLine key : line.parts("key")) {
            String sorted = key.valueOf("sorted");
            String column = key.name();
            keys.add(new Index.Key(column, column == null ? value(key) : null, sorted == null ? "" : sorted));
        }
        return new Index(
                name(line),
                line.words().size() > 1 && line.words().get(1).equals("unique"),
                keys,
                line.valueOf("where"),
                line.attributes(),
                line.has(SnapshotWriter.NAME_BY_SERVER));
    }

    private View view(ObjectId id, SnapshotLine block) {
        lines.expectParts(block, "comment", "query", "index", "trigger");
        SnapshotLine query = block.part("query").orElseThrow(() -> lines.malformed(block, "the view has no query."));
        return new View(
                id.schema(),
                id.name(),
                id.kind() == ObjectKind.MATERIALIZED_VIEW,
                value(query),
                all(block, "index", this::index),
                all(block, "trigger", line -> new Trigger(name(line), attributes(line))),
                block.attributes(),
                block.valueOf("comment"));
    }

    private SchemaObject other(ObjectId id, SnapshotLine block) {
        lines.expectParts(block, "part-of", SnapshotWriter.NAME_BY_SERVER);
        @Nullable
        ObjectId parent = block.part("part-of")
                .map(line -> {
                    if (line.words().isEmpty()) {
                        throw lines.malformed(line, "it does not name the parent object.");
                    }
                    return id(
                            line,
                            line.words().get(0),
                            line.words().subList(1, line.words().size()));
                })
                .orElse(null);
        return new SchemaObject(id, parent, block.attributes(), block.has(SnapshotWriter.NAME_BY_SERVER));
    }

    private String name(SnapshotLine line) {
        String name = line.name();
        if (name == null) {
            throw lines.malformed(line, "a " + line.label() + " must have a name.");
        }
        return name;
    }

    private String value(SnapshotLine line) {
        if (line.value() == null) {
            throw lines.malformed(line, "a " + line.label() + " must have a value after a colon.");
        }
        return line.value();
    }

    private List<String> names(SnapshotLine line) {
        if (line.value() == null) {
            return List.of();
        }
        List<String> names = SnapshotNotation.readNames(line.value());
        if (names == null) {
            throw lines.malformed(line, "'" + line.value() + "' is not a list of names.");
        }
        return names;
    }
}
