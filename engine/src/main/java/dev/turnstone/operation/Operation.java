package dev.turnstone.operation;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Table;

/** One recorded change. Every dialect answers every operation, through {@link Visitor}. */
public sealed interface Operation {

    /** Makes a table with its columns and constraints. */
    record CreateTable(Table table) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.createTable(this);
        }
    }

    /** Drops a table. */
    record DropTable(String table) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropTable(this);
        }
    }

    /** Adds a column to a table. */
    record AddColumn(String table, Column column) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.addColumn(this);
        }
    }

    /** Drops a column of a table. */
    record DropColumn(String table, String column) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropColumn(this);
        }
    }

    /** Makes an index on a table. */
    record CreateIndex(String table, Index index) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.createIndex(this);
        }
    }

    /** Drops an index. */
    record DropIndex(String index) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropIndex(this);
        }
    }

    /** Runs SQL as it is written. */
    record Execute(SqlText sql) implements Operation {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.execute(this);
        }
    }

    /** Calls the method of {@code visitor} that belongs to this operation. */
    <R> R accept(Visitor<R> visitor);

    /**
     * An answer to each operation.
     *
     * @param <R> what is answered
     */
    interface Visitor<R> {
        R createTable(CreateTable operation);

        R dropTable(DropTable operation);

        R addColumn(AddColumn operation);

        R dropColumn(DropColumn operation);

        R createIndex(CreateIndex operation);

        R dropIndex(DropIndex operation);

        R execute(Execute operation);
    }
}
