package dev.turnstone.operation;

import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operation.TableChange;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects several changes of one table, which SQLite then does with one new table. Used by one batch. */
public final class TableBatch {

    private final String table;
    private final ConventionalNames names;
    private final List<TableChange> changes = new ArrayList<>();
    private Recreate recreate = Recreate.AUTO;
    private @Nullable Table copyFrom;
    private List<String> order = List.of();

    TableBatch(String table, ConventionalNames names) {
        this.table = table;
        this.names = names;
    }

    /** Adds a column. */
    public TableBatch addColumn(Column column) {
        return add(new Operation.AddColumn(table, column));
    }

    /** Adds a column, and fills it in the rows that are there. */
    public TableBatch addColumn(Column column, String fill) {
        return add(new Operation.AddColumn(table, column, fill, OnMismatch.FAIL));
    }

    /** Drops a column. */
    public TableBatch dropColumn(String column) {
        return add(new Operation.DropColumn(table, column));
    }

    /** Changes a column. */
    public TableBatch alterColumn(String column, ColumnChange change) {
        return add(new Operation.AlterColumn(table, column, change));
    }

    /** Gives a column another name; what follows in the batch uses the new one. */
    public TableBatch renameColumn(String column, String to) {
        return add(new Operation.RenameColumn(table, column, to));
    }

    /** Adds a primary key, a foreign key, a unique or a check constraint; without a name it gets a conventional one. */
    public TableBatch addConstraint(TableElement constraint) {
        return add(new Operation.AddConstraint(table, names.named(table, constraint)));
    }

    /** Drops a constraint. */
    public TableBatch dropConstraint(String constraint) {
        return add(new Operation.DropConstraint(table, constraint));
    }

    /** Drops the primary key. */
    public TableBatch dropPrimaryKey() {
        return add(new Operation.DropPrimaryKey(table));
    }

    /** Says whether SQLite makes the table anew; where it must by default. */
    public TableBatch recreate(Recreate mode) {
        this.recreate = mode;
        return this;
    }

    /** Says what the table looks like, with its indexes and triggers, so that SQLite needs no connection to read it. */
    public TableBatch copyFrom(Table definition) {
        this.copyFrom = definition;
        return this;
    }

    /** Puts columns first, in this order; SQLite only, PostgreSQL cannot reorder columns and leaves them. */
    public TableBatch columnOrder(String... columns) {
        this.order = List.of(columns);
        return this;
    }

    private TableBatch add(TableChange change) {
        changes.add(change);
        return this;
    }

    /** The operations: a rename of a column stands alone, because SQLite alone can follow it into views and triggers. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        List<TableChange> part = new ArrayList<>();
        for (TableChange change : changes) {
            if (change instanceof Operation.RenameColumn) {
                flush(operations, part);
                operations.add(change);
            } else {
                part.add(change);
            }
        }
        if (!part.isEmpty() || recreate == Recreate.ALWAYS || !order.isEmpty()) {
            operations.add(new Operation.AlterTable(table, part, recreate, copyFrom, order));
        }
        return operations;
    }

    private void flush(List<Operation> operations, List<TableChange> part) {
        if (!part.isEmpty()) {
            Recreate mode = recreate == Recreate.NEVER ? Recreate.NEVER : Recreate.AUTO;
            operations.add(new Operation.AlterTable(table, part, mode, copyFrom, List.of()));
            part.clear();
        }
    }
}
