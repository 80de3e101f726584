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

/** What takes an operation back, given the schema as it was before. Rows that are gone do not come back. */
public final class Reversal implements OperationVisitor<List<Operation>> {

    /** A value of an enum as its type lists it. */
    private static final Pattern LITERAL = Pattern.compile("(E?)'((?:[^']|'')*+)'");

    private final Schema before;

    private Reversal(Schema before) {
        this.before = before;
    }

    /**
     * The operations that take another one back.
     *
     * @param before the schema as it was before
     * @return in order; empty where there was nothing to do
     * @throws IllegalArgumentException where there is no reverse: SQL, rows, a new value of an enum, what no operation makes
     */
    public static List<Operation> of(Operation operation, Schema before) {
        return operation.accept(new Reversal(before));
    }

    private static String unquoted(MatchResult literal) {
        String text = literal.group(2).replace("''", "'");
        return literal.group(1).isEmpty() ? text : text.replace("\\\\", "\\");
    }

    private static IllegalArgumentException none(Operation operation) {
        return new IllegalArgumentException("Nothing takes this back by itself: " + operation);
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
        List<Operation> back = new ArrayList<>();
        back.add(new Operation.CreateTable(table.get()));
        for (SchemaObject object : before.others()) {
            ObjectId parent = object.parent();
            if (parent != null && parent.name().matches("(?s)" + Pattern.quote(operation.table()) + "(\\..*)?")) {
                if (object.id().kind() != ObjectKind.EXCLUSION) {
                    throw new IllegalArgumentException("Nothing makes " + object.id() + " again, which went with table "
                            + operation.table() + ": write the reverse by hand.");
                }
                back.add(TableReversal.exclusion(operation.table(), object));
            }
        }
        return back;
    }

    @Override
    public List<Operation> renameTable(Operation.RenameTable operation) {
        return List.of(new Operation.RenameTable(operation.to(), operation.table()));
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
        if (before.objects()
                .containsKey(ObjectId.of(ObjectKind.INDEX, operation.index().name()))) {
            return List.of();
        }
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
            throw new IllegalArgumentException("No operation makes " + sequence + " again: write the reverse by hand.");
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
        throw none(operation);
    }
}
