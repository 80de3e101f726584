package dev.turnstone.operation;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded change. Every dialect answers every operation, through {@link OperationVisitor}. */
public sealed interface Operation {

    /** A change of one table, which can be part of a batch. */
    sealed interface TableChange extends Operation {
        /** The table that changes. */
        String table();

        /** Calls the method of {@code visitor} that belongs to this change. */
        <R> R apply(TableChangeVisitor<R> visitor);

        @Override
        default <R> R accept(OperationVisitor<R> visitor) {
            return visitor.tableChange(this);
        }
    }

    /** An operation of the user's own, as SQL. */
    non-sealed interface Custom extends Operation {
        /**
         * The statements.
         *
         * @param dialect the dialect's name
         */
        SqlText sql(String dialect);

        @Override
        default <R> R accept(OperationVisitor<R> visitor) {
            return visitor.custom(this);
        }
    }

    /** What to do where an object is already there, or already gone. */
    enum OnMismatch {
        FAIL,
        SKIP
    }

    /** Whether others can write to the table while an index is built; only PostgreSQL knows the difference. */
    enum Build {
        BLOCKING,
        CONCURRENTLY
    }

    /** Whether SQLite makes a table anew to change it. */
    enum Recreate {
        /** Where ALTER TABLE cannot do it. */
        AUTO,
        ALWAYS,
        /** Never: a change that needs it is refused. */
        NEVER
    }

    /** Makes a table with its columns, constraints and indexes. */
    record CreateTable(Table table, OnMismatch ifThere) implements Operation {
        public CreateTable(Table table) {
            this(table, OnMismatch.FAIL);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createTable(this);
        }
    }

    /** Drops a table. */
    record DropTable(String table, OnMismatch ifGone) implements Operation {
        public DropTable(String table) {
            this(table, OnMismatch.FAIL);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropTable(this);
        }
    }

    /** Gives a table another name; what refers to it follows. */
    record RenameTable(String table, String to) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.renameTable(this);
        }
    }

    /**
     * Adds a column to a table.
     *
     * @param fill an SQL expression over the row's other columns for the rows that are there, or null for the default
     */
    record AddColumn(String table, Column column, @Nullable String fill, OnMismatch ifThere) implements TableChange {
        public AddColumn(String table, Column column) {
            this(table, column, null, OnMismatch.FAIL);
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.addColumn(this);
        }
    }

    /** Drops a column of a table, with the constraints and indexes that it is part of. */
    record DropColumn(String table, String column, OnMismatch ifGone) implements TableChange {
        public DropColumn(String table, String column) {
            this(table, column, OnMismatch.FAIL);
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropColumn(this);
        }
    }

    /** Changes type, nullability, default or comment of a column. */
    record AlterColumn(String table, String column, ColumnChange change) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.alterColumn(this);
        }
    }

    /** Gives a column another name; what refers to it follows. */
    record RenameColumn(String table, String column, String to) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.renameColumn(this);
        }
    }

    /** Adds a constraint to a table; a column is none, and refused. */
    record AddConstraint(String table, TableElement constraint) implements TableChange {
        public AddConstraint {
            if (constraint instanceof Column) {
                throw new IllegalArgumentException("A column is no constraint: " + constraint);
            }
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.addConstraint(this);
        }
    }

    /** Adds an exclusion constraint to a table. */
    record AddExclusion(String table, Exclusion exclusion) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.addExclusion(this);
        }
    }

    /** Drops a constraint; one without a name goes by the name of {@link dev.turnstone.schema.ConstraintNaming}. */
    record DropConstraint(String table, String constraint, OnMismatch ifGone) implements TableChange {
        public DropConstraint(String table, String constraint) {
            this(table, constraint, OnMismatch.FAIL);
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropConstraint(this);
        }
    }

    /** Drops a table's primary key, whatever its name. */
    record DropPrimaryKey(String table) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropPrimaryKey(this);
        }
    }

    /** Checks the rows that were there before a constraint that was added {@code not valid}. */
    record ValidateConstraint(String table, String constraint) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.validateConstraint(this);
        }
    }

    /** Sets the comment on a table; null takes it away. SQLite keeps no comments: nothing happens there. */
    record CommentOnTable(String table, @Nullable String text) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.commentOnTable(this);
        }
    }

    /**
     * Does several changes of one table at once.
     *
     * @param changes in order; renames of columns not among them, because they divide a batch
     * @param recreate whether SQLite makes the table anew
     * @param copyFrom what the table looks like, for scripts without a connection; null to read it
     * @param order the first columns in the order that they shall have, the others follow; only where the table is made
     *     anew
     */
    record AlterTable(
            String table,
            List<TableChange> changes,
            Recreate recreate,
            @Nullable Table copyFrom,
            List<String> order) implements Operation {
        public AlterTable {
            changes = List.copyOf(changes);
            order = List.copyOf(order);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.alterTable(this);
        }
    }

    /** Makes an index on a table. */
    record CreateIndex(String table, Index index, Build build, OnMismatch ifThere) implements Operation {
        public CreateIndex(String table, Index index) {
            this(table, index, Build.BLOCKING, OnMismatch.FAIL);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createIndex(this);
        }
    }

    /** Drops an index. */
    record DropIndex(String index, Build build, OnMismatch ifGone) implements Operation {
        public DropIndex(String index) {
            this(index, Build.BLOCKING, OnMismatch.FAIL);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropIndex(this);
        }
    }

    /**
     * Inserts rows.
     *
     * @param rows the values in the order of the columns: texts, numbers, truth values, bytes, dates and times, UUIDs, null
     */
    record BulkInsert(String table, List<String> columns, List<List<@Nullable Object>> rows) implements Operation {
        public BulkInsert {
            columns = List.copyOf(columns);
            // A row may hold null, which List.copyOf refuses.
            rows = rows.stream()
                    .map(row -> java.util.Collections.unmodifiableList(new java.util.ArrayList<>(row)))
                    .toList();
            int width = columns.size();
            if (rows.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("Each row needs a value for each of the columns " + columns + ".");
            }
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.bulkInsert(this);
        }
    }

    /**
     * Runs SQL as it is written.
     *
     * @param parameters put as literals where {@code ?} stands; empty to leave the text alone
     */
    record Execute(SqlText sql, List<@Nullable Object> parameters) implements Operation {
        public Execute {
            parameters = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(parameters));
        }

        public Execute(SqlText sql) {
            this(sql, List.of());
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.execute(this);
        }
    }

    /** Makes an enum type. SQLite has no types: an enum column there holds texts, and nothing happens here. */
    record CreateEnum(String name, List<String> values) implements Operation {
        public CreateEnum {
            values = List.copyOf(values);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createEnum(this);
        }
    }

    /** Adds a value to an enum, at the end or before another. */
    record AddEnumValue(String name, String value, @Nullable String before) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.addEnumValue(this);
        }
    }

    /** Gives a value of an enum another name. */
    record RenameEnumValue(String name, String value, String to) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.renameEnumValue(this);
        }
    }

    /** Drops an enum type. */
    record DropEnum(String name, OnMismatch ifGone) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropEnum(this);
        }
    }

    /** Makes a sequence of 64-bit numbers. */
    record CreateSequence(String name, long start, long increment) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createSequence(this);
        }
    }

    /** Drops a sequence. */
    record DropSequence(String name, OnMismatch ifGone) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropSequence(this);
        }
    }

    /** Makes a view. */
    record CreateView(View view) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createView(this);
        }
    }

    /** Drops a view. */
    record DropView(String name, boolean materialized, OnMismatch ifGone) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropView(this);
        }
    }

    /**
     * Makes a trigger.
     *
     * @param trigger with the attributes that the dialect's reader gives
     */
    record CreateTrigger(String table, Trigger trigger) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createTrigger(this);
        }
    }

    /** Drops a trigger. */
    record DropTrigger(String table, String trigger, OnMismatch ifGone) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.dropTrigger(this);
        }
    }

    /** Calls the method of {@code visitor} that belongs to this operation. */
    <R> R accept(OperationVisitor<R> visitor);
}
