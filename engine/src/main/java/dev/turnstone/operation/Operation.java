package dev.turnstone.operation;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded change. Every dialect handles every operation through {@link OperationVisitor}. */
public sealed interface Operation {

    /** A change of one table. It can be part of a batch. */
    sealed interface TableChange extends Operation {
        /** Returns the name of the table that changes. */
        String table();

        /** Calls the method of {@code visitor} for this change. */
        <R> R apply(TableChangeVisitor<R> visitor);

        @Override
        default <R> R accept(OperationVisitor<R> visitor) {
            return visitor.tableChange(this);
        }
    }

    /** A user-defined operation that consists of SQL. */
    non-sealed interface Custom extends Operation {
        /**
         * Returns the statements.
         *
         * @param dialect the dialect's name
         */
        SqlText sql(String dialect);

        @Override
        default <R> R accept(OperationVisitor<R> visitor) {
            return visitor.custom(this);
        }
    }

    /** The behaviour if an object already exists, or no longer exists. */
    enum OnMismatch {
        FAIL,
        SKIP
    }

    /**
     * Whether other sessions can write to the table while an index is built. Only PostgreSQL makes this distinction.
     */
    enum Build {
        BLOCKING,
        CONCURRENTLY
    }

    /** Whether SQLite rebuilds a table to change it. */
    enum Recreate {
        /** Rebuilds the table only if ALTER TABLE does not support the change. */
        AUTO,
        ALWAYS,
        /** Never rebuilds the table: a change that requires a rebuild is rejected. */
        NEVER
    }

    /** Creates a table with its columns, constraints and indexes. */
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

    /** Renames a table; references to it are updated. */
    record RenameTable(String table, String to) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.renameTable(this);
        }
    }

    /**
     * Adds a column to a table.
     *
     * @param fill an SQL expression over the row's other columns that computes the value for existing rows, or null
     *     for the default
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

    /** Drops a column of a table, and the constraints and indexes that contain it. */
    record DropColumn(String table, String column, OnMismatch ifGone) implements TableChange {
        public DropColumn(String table, String column) {
            this(table, column, OnMismatch.FAIL);
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropColumn(this);
        }
    }

    /** Changes type, nullability, default, comment or identity of a column. */
    record AlterColumn(String table, String column, ColumnChange change) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.alterColumn(this);
        }
    }

    /** Renames a column; references to it are updated. */
    record RenameColumn(String table, String column, String to) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.renameColumn(this);
        }
    }

    /** Adds a constraint to a table. A column is rejected. */
    record AddConstraint(String table, TableElement constraint) implements TableChange {
        public AddConstraint {
            if (constraint instanceof Column) {
                throw new IllegalArgumentException("A column is not a constraint: " + constraint);
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

    /**
     * Drops a constraint. A constraint without a name is addressed by the name of
     * {@link dev.turnstone.schema.ConstraintNaming}.
     */
    record DropConstraint(String table, String constraint, OnMismatch ifGone) implements TableChange {
        public DropConstraint(String table, String constraint) {
            this(table, constraint, OnMismatch.FAIL);
        }

        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropConstraint(this);
        }
    }

    /** Drops a table's primary key, regardless of its name. */
    record DropPrimaryKey(String table) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.dropPrimaryKey(this);
        }
    }

    /** Checks the rows that existed before a constraint was added as {@code not valid}. */
    record ValidateConstraint(String table, String constraint) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.validateConstraint(this);
        }
    }

    /**
     * Sets the comment on a table, or removes it if {@code text} is null. Does nothing on SQLite, which stores no
     * comments.
     */
    record CommentOnTable(String table, @Nullable String text) implements TableChange {
        @Override
        public <R> R apply(TableChangeVisitor<R> visitor) {
            return visitor.commentOnTable(this);
        }
    }

    /**
     * Makes several changes of one table together.
     *
     * @param changes in order; without renames of columns, which split a batch
     * @param recreate whether SQLite rebuilds the table
     * @param copyFrom the table's definition, for scripts without a connection; null to read it from the database
     * @param order the first columns in their new order, followed by the others; only used if the table is rebuilt
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

    /** Creates an index on a table. */
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
     * @param rows the values in the order of the columns: strings, numbers, booleans, byte arrays, dates and times,
     *     UUIDs, null
     */
    record BulkInsert(String table, List<String> columns, List<List<@Nullable Object>> rows) implements Operation {
        public BulkInsert {
            columns = List.copyOf(columns);
            // A row may contain null, which List.copyOf rejects.
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
     * Runs SQL unchanged.
     *
     * @param parameters the values that replace each {@code ?} as literals; if empty, the text is not changed
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

    /** Creates an enum type. Does nothing on SQLite, where an enum column contains text. */
    record CreateEnum(String name, List<String> values) implements Operation {
        public CreateEnum {
            values = List.copyOf(values);
        }

        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.createEnum(this);
        }
    }

    /** Adds a value to an enum, at the end or before another value. */
    record AddEnumValue(String name, String value, @Nullable String before) implements Operation {
        @Override
        public <R> R accept(OperationVisitor<R> visitor) {
            return visitor.addEnumValue(this);
        }
    }

    /** Renames a value of an enum. */
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

    /** Creates a sequence of 64-bit numbers. */
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

    /** Creates a view. */
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
     * Creates a trigger.
     *
     * @param trigger with the attributes that the dialect's schema reader returns
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

    /** Calls the method of {@code visitor} for this operation. */
    <R> R accept(OperationVisitor<R> visitor);
}
