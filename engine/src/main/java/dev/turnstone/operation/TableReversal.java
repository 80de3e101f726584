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

/** Computes the operations that revert a change of a table, given the schema before it. */
final class TableReversal implements TableChangeVisitor<List<Operation>> {

    private final Schema before;

    TableReversal(Schema before) {
        this.before = before;
    }

    private Table table(String name) {
        return before.table(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("Table " + name + " did not exist before the operation."));
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
        List<Operation> reverse = new ArrayList<>();
        reverse.add(new Operation.AddColumn(table.name(), column.get()));
        String name = operation.column();
        constraints(table)
                .filter(element -> columnsOf(element).contains(name))
                .forEach(element -> reverse.add(new Operation.AddConstraint(table.name(), element)));
        table.indexes().stream()
                .filter(index -> mayBeOn(index, name))
                .forEach(index -> reverse.add(new Operation.CreateIndex(table.name(), index)));
        return reverse;
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
                .orElseThrow(() -> new IllegalArgumentException(
                        "Column " + operation.column() + " did not exist before the operation."));
        ColumnChange change = operation.change();
        ColumnChange back = ColumnChange.nothing();
        if (change.type() != null) {
            back = back.type(old.type());
            if (change.using() != null) {
                // The author's expression converted the values. A cast is the only generic conversion in the other
                // direction.
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
                change.identity() == null ? null : new Setting(identityOf(table(operation.table()), old)));
        return List.of(new Operation.AlterColumn(operation.table(), operation.column(), back));
    }

    /** SQLite declares the identity at the primary key and not at the column. */
    private static @Nullable String identityOf(Table table, Column column) {
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
            List<Operation> reverse = new ArrayList<>();
            reverse.add(new Operation.DropPrimaryKey(operation.table()));
            // PostgreSQL makes the columns of a primary key NOT NULL, and keeps them NOT NULL when the key is dropped.
            table(operation.table()).columns().stream()
                    .filter(column -> column.nullable() && key.columns().contains(column.name()))
                    .forEach(column -> reverse.add(new Operation.AlterColumn(
                            operation.table(),
                            column.name(),
                            ColumnChange.nothing().nullable())));
            return reverse;
        }
        String name = nameOf(operation.constraint());
        if (name == null) {
            throw Reversal.noReverse(operation);
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
                : recreate(operation.table(), element -> operation
                        .constraint()
                        .equals(
                                nameOf(element) == null
                                        ? conventionalName(operation.table(), element)
                                        : nameOf(element)));
    }

    /** Returns the name that addresses a constraint without a name on SQLite. */
    private static @Nullable String conventionalName(String table, TableElement element) {
        return nameOf(new ConventionalNames(ConstraintNaming.DEFAULT).named(table, element));
    }

    @Override
    public List<Operation> dropPrimaryKey(Operation.DropPrimaryKey operation) {
        return recreate(operation.table(), PrimaryKey.class::isInstance);
    }

    private List<Operation> recreate(String table, Predicate<TableElement> which) {
        return constraints(table(table))
                .filter(which)
                .map(element -> (Operation) new Operation.AddConstraint(table, element))
                .toList();
    }

    @Override
    public List<Operation> validateConstraint(Operation.ValidateConstraint operation) {
        List<Operation> reverse = new ArrayList<>();
        constraints(table(operation.table()))
                .filter(element -> operation.constraint().equals(nameOf(element)))
                .filter(element -> optionsOf(element).containsKey("not valid"))
                .forEach(element -> {
                    reverse.add(new Operation.DropConstraint(operation.table(), operation.constraint()));
                    reverse.add(new Operation.AddConstraint(operation.table(), element));
                });
        return reverse;
    }

    @Override
    public List<Operation> commentOnTable(Operation.CommentOnTable operation) {
        return List.of(new Operation.CommentOnTable(
                operation.table(), table(operation.table()).comment()));
    }

    /**
     * Returns an operation that adds an exclusion constraint. Only PostgreSQL has exclusion constraints. It stores the
     * whole definition of each.
     */
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
