package dev.turnstone.operation;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Computes the operations that revert an operation, given the schema before it. Deleted rows are not restored. */
public final class Reversal implements OperationVisitor<List<Operation>> {

    /** A value of an enum as its type lists it. */
    private static final Pattern LITERAL = Pattern.compile("(E?)'((?:[^']|'')*+)'");

    private final Schema before;

    private Reversal(Schema before) {
        this.before = before;
    }

    /**
     * Returns the operations that revert another operation.
     *
     * @param before the schema before the operation
     * @return in order; empty if the operation changed nothing
     * @throws IllegalArgumentException if the operation cannot be reverted: SQL, rows, a new value of an enum, or
     *     an object that no operation creates
     */
    public static List<Operation> of(Operation operation, Schema before) {
        return operation.accept(new Reversal(before));
    }

    private static String unquoted(MatchResult literal) {
        String text = literal.group(2).replace("''", "'");
        return literal.group(1).isEmpty() ? text : text.replace("\\\\", "\\");
    }

    static IllegalArgumentException noReverse(Operation operation) {
        return new IllegalArgumentException(
                "This operation has no automatic reverse: " + operation + ". Write the downgrade by hand.");
    }

    @Override
    public List<Operation> tableChange(Operation.TableChange operation) {
        return operation.apply(new TableReversal(before));
    }

    @Override
    public List<Operation> createTable(Operation.CreateTable operation) {
        return before.table(operation.table().name()).isPresent()
                ? List.of()
                : List.of(new Operation.DropTable(operation.table().name()));
    }

    @Override
    public List<Operation> dropTable(Operation.DropTable operation) {
        Optional<Table> table = before.table(operation.table());
        if (table.isEmpty()) {
            return List.of();
        }
        List<Operation> reverse = new ArrayList<>();
        reverse.add(new Operation.CreateTable(table.get()));
        for (SchemaObject object : before.others()) {
            ObjectId parent = object.parent();
            if (parent != null && parent.name().matches("(?s)" + Pattern.quote(operation.table()) + "(\\..*)?")) {
                if (object.id().kind() != ObjectKind.EXCLUSION) {
                    throw new IllegalArgumentException("No operation creates " + object.id()
                            + ", which was dropped with table " + operation.table() + ". Write the downgrade by hand.");
                }
                reverse.add(TableReversal.exclusion(operation.table(), object));
            }
        }
        return reverse;
    }

    @Override
    public List<Operation> renameTable(Operation.RenameTable operation) {
        return List.of(new Operation.RenameTable(operation.to(), operation.table()));
    }

    @Override
    public List<Operation> alterTable(Operation.AlterTable operation) {
        List<Operation> reverse = new ArrayList<>();
        for (int i = operation.changes().size() - 1; i >= 0; i--) {
            reverse.addAll(operation.changes().get(i).accept(this));
        }
        return reverse;
    }

    @Override
    public List<Operation> createIndex(Operation.CreateIndex operation) {
        if (before.objects()
                .containsKey(ObjectId.of(ObjectKind.INDEX, operation.index().name()))) {
            return List.of();
        }
        return List.of(new Operation.DropIndex(operation.index().name(), operation.build(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropIndex(Operation.DropIndex operation) {
        List<Operation> reverse = new ArrayList<>();
        for (Table table : before.tables()) {
            table.indexes().stream()
                    .filter(index -> index.name().equals(operation.index()))
                    .forEach(index -> reverse.add(new Operation.CreateIndex(
                            table.name(), index, operation.build(), Operation.OnMismatch.FAIL)));
        }
        return reverse;
    }

    @Override
    public List<Operation> bulkInsert(Operation.BulkInsert operation) {
        throw noReverse(operation);
    }

    @Override
    public List<Operation> execute(Operation.Execute operation) {
        throw noReverse(operation);
    }

    @Override
    public List<Operation> createEnum(Operation.CreateEnum operation) {
        return List.of(new Operation.DropEnum(operation.name(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> addEnumValue(Operation.AddEnumValue operation) {
        throw noReverse(operation);
    }

    @Override
    public List<Operation> renameEnumValue(Operation.RenameEnumValue operation) {
        return List.of(new Operation.RenameEnumValue(operation.name(), operation.to(), operation.value()));
    }

    @Override
    public List<Operation> dropEnum(Operation.DropEnum operation) {
        SchemaObject type = before.objects().get(ObjectId.of(ObjectKind.ENUM, operation.name()));
        if (type == null) {
            return List.of();
        }
        List<String> values = LITERAL.matcher(type.attributes().getOrDefault("values", ""))
                .results()
                .map(Reversal::unquoted)
                .toList();
        return List.of(new Operation.CreateEnum(operation.name(), values));
    }

    @Override
    public List<Operation> createSequence(Operation.CreateSequence operation) {
        return List.of(new Operation.DropSequence(operation.name(), Operation.OnMismatch.FAIL));
    }

    @Override
    public List<Operation> dropSequence(Operation.DropSequence operation) {
        SchemaObject sequence = before.objects().get(ObjectId.of(ObjectKind.SEQUENCE, operation.name()));
        if (sequence == null) {
            return List.of();
        }
        if (!Set.of("type", "start", "increment")
                        .containsAll(sequence.attributes().keySet())
                || !"bigint".equals(sequence.attributes().getOrDefault("type", "bigint"))) {
            throw new IllegalArgumentException("No operation creates " + sequence + ". Write the downgrade by hand.");
        }
        long increment = Long.parseLong(sequence.attributes().getOrDefault("increment", "1"));
        String start = sequence.attributes().getOrDefault("start", increment > 0 ? "1" : "-1");
        return List.of(new Operation.CreateSequence(operation.name(), Long.parseLong(start), increment));
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
        return before.table(operation.table()).stream()
                .flatMap(table -> table.triggers().stream())
                .filter(trigger -> Objects.equals(trigger.name(), operation.trigger()))
                .map(trigger -> (Operation) new Operation.CreateTrigger(operation.table(), trigger))
                .toList();
    }

    @Override
    public List<Operation> custom(Operation.Custom operation) {
        throw noReverse(operation);
    }
}
