package dev.turnstone.operation;

import dev.turnstone.operation.ColumnChange.Setting;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What takes an operation back, given the schema as it was before. Rows that are gone do not come back. */
public final class Reversal implements Operation.Visitor<List<Operation>> {

    private final Schema before;

    private Reversal(Schema before) {
        this.before = before;
    }

    /**
     * The operations that take another one back.
     *
     * @param before the schema as it was before
     * @return in order; empty where there was nothing to do
     * @throws IllegalArgumentException where there is no reverse: SQL, rows, values of an enum
     */
    public static List<Operation> of(Operation operation, Schema before) {
        return operation.accept(new Reversal(before));
    }

    private static IllegalArgumentException none(Operation operation) {
        return new IllegalArgumentException("Nothing takes this back by itself: " + operation);
    }

    private Table table(String name) {
        return before.table(name)
                .orElseThrow(() -> new IllegalArgumentException("There was no table " + name + " before."));
    }

    @Override
    public List<Operation> createTable(Operation.CreateTable operation) {
        return before.table(operation.table().name()).isPresent()
                ? List.of()
                : List.of(new Operation.DropTable(operation.table().name()));
    }

    @Override
    public List<Operation> dropTable(Operation.DropTable operation) {
        return before.table(operation.table())
                .map(t -> List.<Operation>of(new Operation.CreateTable(t)))
                .orElse(List.of());
    }

    @Override
    public List<Operation> renameTable(Operation.RenameTable operation) {
        return List.of(new Operation.RenameTable(operation.to(), operation.table()));
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
        return element instanceof ForeignKey key
                ? key.columns()
                : ((dev.turnstone.schema.CheckConstraint) element).columns();
    }

    private static @Nullable String nameOf(TableElement element) {
        if (element instanceof PrimaryKey key) {
            return key.name();
        }
        if (element instanceof UniqueConstraint unique) {
            return unique.name();
        }
        return element instanceof ForeignKey key ? key.name() : ((dev.turnstone.schema.CheckConstraint) element).name();
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
                String quoted = '"' + old.name().replace("\"", "\"\"") + '"';
                back = back.using("CAST(" + quoted + " AS " + old.type() + ")");
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
                change.identity() == null ? null : new Setting(old.identity()));
        return List.of(new Operation.AlterColumn(operation.table(), operation.column(), back));
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
        return again(operation.table(), element -> operation.constraint().equals(nameOf(element)));
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
        throw none(operation);
    }

    @Override
    public List<Operation> commentOnTable(Operation.CommentOnTable operation) {
        return List.of(new Operation.CommentOnTable(
                operation.table(), table(operation.table()).comment()));
    }

    @Override
    public List<Operation> alterTable(Operation.AlterTable operation) {
        List<Operation> back = new ArrayList<>();
        // The last change first.
        for (int i = operation.changes().size() - 1; i >= 0; i--) {
            back.addAll(operation.changes().get(i).accept(this));
        }
        return back;
    }

    @Override
    public List<Operation> createIndex(Operation.CreateIndex operation) {
        return List.of(new Operation.DropIndex(operation.index().name(), operation.build(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropIndex(Operation.DropIndex operation) {
        List<Operation> back = new ArrayList<>();
        for (Table table : before.tables()) {
            table.indexes().stream()
                    .filter(index -> index.name().equals(operation.index()))
                    .forEach(index -> back.add(new Operation.CreateIndex(
                            table.name(), index, operation.build(), Operation.OnMismatch.FAIL)));
        }
        return back;
    }

    @Override
    public List<Operation> bulkInsert(Operation.BulkInsert operation) {
        throw none(operation);
    }

    @Override
    public List<Operation> execute(Operation.Execute operation) {
        throw none(operation);
    }

    @Override
    public List<Operation> createEnum(Operation.CreateEnum operation) {
        return List.of(new Operation.DropEnum(operation.name(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> addEnumValue(Operation.AddEnumValue operation) {
        throw none(operation);
    }

    @Override
    public List<Operation> renameEnumValue(Operation.RenameEnumValue operation) {
        return List.of(new Operation.RenameEnumValue(operation.name(), operation.to(), operation.value()));
    }

    @Override
    public List<Operation> dropEnum(Operation.DropEnum operation) {
        throw none(operation);
    }

    @Override
    public List<Operation> createSequence(Operation.CreateSequence operation) {
        return List.of(new Operation.DropSequence(operation.name(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropSequence(Operation.DropSequence operation) {
        throw none(operation);
    }

    @Override
    public List<Operation> createView(Operation.CreateView operation) {
        return List.of(new Operation.DropView(
                operation.view().name(), operation.view().materialized(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropView(Operation.DropView operation) {
        return before.view(operation.name())
                .map(view -> List.<Operation>of(new Operation.CreateView(view)))
                .orElse(List.of());
    }

    @Override
    public List<Operation> createTrigger(Operation.CreateTrigger operation) {
        return List.of(
                new Operation.DropTrigger(operation.table(), operation.trigger().name(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropTrigger(Operation.DropTrigger operation) {
        return table(operation.table()).triggers().stream()
                .filter(trigger -> Objects.equals(trigger.name(), operation.trigger()))
                .map(trigger -> (Operation) new Operation.CreateTrigger(operation.table(), trigger))
                .toList();
    }

    @Override
    public List<Operation> custom(Operation.Custom operation) {
        throw none(operation);
    }
}
