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

/** Collects several changes of one table, so that SQLite rebuilds the table once. Used for one batch. */
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

    /** Adds a column and fills it in the existing rows. */
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

    /** Renames a column; later changes of the batch use the new name. */
    public TableBatch renameColumn(String column, String to) {
        return add(new Operation.RenameColumn(table, column, to));
    }

    /**
     * Adds a primary key, a foreign key, a unique constraint or a check constraint; without a name it gets a
     * conventional one.
     */
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

    /** Sets whether SQLite rebuilds the table. By default it does if the changes require it. */
    public TableBatch recreate(Recreate mode) {
        this.recreate = mode;
        return this;
    }

    /**
     * Sets the definition of the table, with its indexes and triggers, so that SQLite does not have to read it from a
     * database.
     */
    public TableBatch copyFrom(Table definition) {
        this.copyFrom = definition;
        return this;
    }

    /**
     * Moves columns to the front in this order. SQLite only: PostgreSQL cannot reorder columns and ignores the call.
     */
    public TableBatch columnOrder(String... columns) {
        this.order = List.of(columns);
        return this;
    }

    private TableBatch add(TableChange change) {
        changes.add(change);
        return this;
    }

    /**
     * Returns the operations. A rename of a column is a separate operation, because only SQLite itself updates the
     * views and triggers that refer to the column.
     */
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
