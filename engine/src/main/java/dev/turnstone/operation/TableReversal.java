package dev.turnstone.operation;

import dev.turnstone.operation.ColumnChange.Setting;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What takes a change of a table back, given the schema as it was before. */
final class TableReversal implements TableChangeVisitor<List<Operation>> {

    private final Schema before;

    TableReversal(Schema before) {
        this.before = before;
    }

    private static IllegalArgumentException none(Operation operation) {
        return new IllegalArgumentException("Nothing takes this back by itself: " + operation);
    }

    private Table table(String name) {
        return before.table(name)
                .orElseThrow(() -> new IllegalArgumentException("There was no table " + name + " before."));
    }

    @Override
    public List<Operation> addColumn(Operation.AddColumn operation) {
        return table(operation.table()).column(operation.column().name()).isPresent()
                ? List.of()
                : List.of(new Operation.DropColumn(
                        operation.table(), operation.column().name()));
    }

    @Override
    public List<Operation> dropColumn(Operation.DropColumn operation) {
        Table table = table(operation.table());
        Optional<Column> column = table.column(operation.column());
        if (column.isEmpty()) {
            return List.of();
        }
        List<Operation> back = new ArrayList<>();
        back.add(new Operation.AddColumn(table.name(), column.get()));
        String name = operation.column();
        constraints(table)
                .filter(element -> columnsOf(element).contains(name))
                .forEach(element -> back.add(new Operation.AddConstraint(table.name(), element)));
        table.indexes().stream()
                .filter(index -> mayBeOn(index, name))
                .forEach(index -> back.add(new Operation.CreateIndex(table.name(), index)));
        return back;
    }

    private static boolean mayBeOn(Index index, String column) {
        return index.keys().stream()
                .anyMatch(key -> column.equals(key.column())
                        || (key.expression() != null && key.expression().contains(column)));
    }

    private static Stream<TableElement> constraints(Table table) {
        return Stream.of(
                        Stream.ofNullable(table.primaryKey()),
                        table.uniques().stream(),
                        table.checks().stream(),
                        table.foreignKeys().stream())
                .flatMap(s -> s);
    }

    private static List<String> columnsOf(TableElement element) {
        if (element instanceof PrimaryKey key) {
            return key.columns();
        }
        if (element instanceof UniqueConstraint unique) {
            return unique.columns();
        }
        return element instanceof ForeignKey key ? key.columns() : ((CheckConstraint) element).columns();
    }

    private static Map<String, String> optionsOf(TableElement element) {
        if (element instanceof ForeignKey key) {
            return key.options();
        }
        return element instanceof CheckConstraint check ? check.options() : Map.of();
    }

    private static @Nullable String nameOf(TableElement element) {
        if (element instanceof PrimaryKey key) {
            return key.name();
        }
        if (element instanceof UniqueConstraint unique) {
            return unique.name();
        }
        return element instanceof ForeignKey key ? key.name() : ((CheckConstraint) element).name();
    }

    @Override
    public List<Operation> alterColumn(Operation.AlterColumn operation) {
        Column old = table(operation.table())
                .column(operation.column())
                .orElseThrow(() -> new IllegalArgumentException("There was no column " + operation.column() + "."));
        ColumnChange change = operation.change();
        ColumnChange back = ColumnChange.nothing();
        if (change.type() != null) {
            back = back.type(old.type());
            if (change.using() != null) {
                // The values went through the author's expression; a cast is all there is for the way back.
                back = back.using("CAST(" + quoted(old.name()) + " AS " + old.type() + ")");
            }
        }
        if (change.nullability() != null) {
            back = old.nullable() ? back.nullable() : back.notNull();
        }
        if (change.defaultValue() != null) {
            String value = old.defaultExpression();
            back = value == null ? back.withoutDefault() : back.defaultTo(value);
        }
        back = new ColumnChange(
                back.type(),
                back.using(),
                back.nullability(),
                null,
                back.defaultValue(),
                change.comment() == null ? null : new Setting(old.comment()),
                change.identity() == null ? null : new Setting(countingOf(table(operation.table()), old)));
        return List.of(new Operation.AlterColumn(operation.table(), operation.column(), back));
    }

    /** SQLite counts by the key, and not by the column. */
    private static @Nullable String countingOf(Table table, Column column) {
        PrimaryKey key = table.primaryKey();
        boolean byKey = key != null
                && key.options().containsKey("autoincrement")
                && key.columns().contains(column.name());
        return byKey ? "by default" : column.identity();
    }

    @Override
    public List<Operation> renameColumn(Operation.RenameColumn operation) {
        return List.of(new Operation.RenameColumn(operation.table(), operation.to(), operation.column()));
    }

    @Override
    public List<Operation> addConstraint(Operation.AddConstraint operation) {
        if (operation.constraint() instanceof PrimaryKey key) {
            List<Operation> back = new ArrayList<>();
            back.add(new Operation.DropPrimaryKey(operation.table()));
            // PostgreSQL makes the columns of a key NOT NULL, and leaves them so.
            table(operation.table()).columns().stream()
                    .filter(column -> column.nullable() && key.columns().contains(column.name()))
                    .forEach(column -> back.add(new Operation.AlterColumn(
                            operation.table(),
                            column.name(),
                            ColumnChange.nothing().nullable())));
            return back;
        }
        String name = nameOf(operation.constraint());
        if (name == null) {
            throw none(operation);
        }
        return List.of(new Operation.DropConstraint(operation.table(), name));
    }

    @Override
    public List<Operation> addExclusion(Operation.AddExclusion operation) {
        return List.of(new Operation.DropConstraint(
                operation.table(), operation.exclusion().name()));
    }

    @Override
    public List<Operation> dropConstraint(Operation.DropConstraint operation) {
        SchemaObject exclusion = before.objects()
                .get(ObjectId.of(ObjectKind.EXCLUSION, operation.table() + "." + operation.constraint()));
        return exclusion != null
                ? List.of(exclusion(operation.table(), exclusion))
                : again(operation.table(), element -> operation
                        .constraint()
                        .equals(nameOf(element) == null ? conventional(operation.table(), element) : nameOf(element)));
    }

    /** The name by which SQLite drops what has none. */
    private static @Nullable String conventional(String table, TableElement element) {
        return nameOf(new ConventionalNames(ConstraintNaming.DEFAULT).named(table, element));
    }

    @Override
    public List<Operation> dropPrimaryKey(Operation.DropPrimaryKey operation) {
        return again(operation.table(), PrimaryKey.class::isInstance);
    }

    private List<Operation> again(String table, Predicate<TableElement> which) {
        return constraints(table(table))
                .filter(which)
                .map(element -> (Operation) new Operation.AddConstraint(table, element))
                .toList();
    }

    @Override
    public List<Operation> validateConstraint(Operation.ValidateConstraint operation) {
        List<Operation> back = new ArrayList<>();
        constraints(table(operation.table()))
                .filter(element -> operation.constraint().equals(nameOf(element)))
                .filter(element -> optionsOf(element).containsKey("not valid"))
                .forEach(element -> {
                    back.add(new Operation.DropConstraint(operation.table(), operation.constraint()));
                    back.add(new Operation.AddConstraint(operation.table(), element));
                });
        return back;
    }

    @Override
    public List<Operation> commentOnTable(Operation.CommentOnTable operation) {
        return List.of(new Operation.CommentOnTable(
                operation.table(), table(operation.table()).comment()));
    }

    /** Only PostgreSQL has exclusion constraints, and keeps each as a definition of its own. */
    static Operation exclusion(String table, SchemaObject constraint) {
        String name = constraint.id().name().substring(table.length() + 1);
        return new Operation.Execute(new SqlText(
                "ALTER TABLE " + quoted(table) + " ADD CONSTRAINT " + quoted(name) + " "
                        + constraint.attributes().get("definition"),
                Location.of("reverse")));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
