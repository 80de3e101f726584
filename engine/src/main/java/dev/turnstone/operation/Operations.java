package dev.turnstone.operation;

import dev.turnstone.operation.Operation.Build;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the changes of a migration, and answers questions about the current schema.
 *
 * <p>Changes are recorded and run together. A question ({@link #hasTable}, {@link #columns}, {@link #schema}) is a
 * barrier: the changes that were recorded before it run first, so that the answer is current. On SQLite, a change that
 * ALTER TABLE does not support is a barrier too: the table is read and rebuilt with the change, and everything else in
 * it stays the same.
 *
 * <p>Names are unquoted; each dialect quotes them. SQL expressions are passed to the database unchanged. Constraints
 * and indexes without a name get the name of the {@link #naming} convention, which is the same on every dialect;
 * {@link #run} records an operation unchanged. Not thread-safe; used by one migration at a time.
 */
public interface Operations {

    /** Returns the name of the dialect that the migration runs on: {@code sqlite} or {@code postgresql}. */
    String dialect();

    /** Returns the convention that names constraints and indexes without a name. */
    default ConstraintNaming naming() {
        return ConstraintNaming.DEFAULT;
    }

    /**
     * Returns these operations with another naming convention. The migration states its convention itself, because a
     * later change of the convention must not change the objects that older migrations create.
     */
    default Operations withNaming(ConstraintNaming convention) {
        return new NamingOperations(this, convention);
    }

    /**
     * Records an operation, which may be user-defined.
     *
     * @see Operation.Custom
     */
    void run(Operation operation);

    /**
     * Creates a table.
     *
     * @param name the table's name
     * @param elements its columns and constraints
     * @throws IllegalArgumentException if there is more than one primary key, or two columns have the same name
     */
    default void createTable(String name, TableElement... elements) {
        createTable(Table.of(name, List.of(elements)));
    }

    /** Creates a table with its indexes and triggers. */
    default void createTable(Table table) {
        run(new Operation.CreateTable(new ConventionalNames(naming()).in(table)));
    }

    /** Creates a table if no table with that name exists. */
    default void createTableIfNotExists(String name, TableElement... elements) {
        Table table = new ConventionalNames(naming()).in(Table.of(name, List.of(elements)));
        run(new Operation.CreateTable(table, OnMismatch.SKIP));
    }

    /** Drops a table. */
    default void dropTable(String name) {
        run(new Operation.DropTable(name));
    }

    /** Drops a table if it exists. */
    default void dropTableIfExists(String name) {
        run(new Operation.DropTable(name, OnMismatch.SKIP));
    }

    /** Renames a table; foreign keys, views and triggers are updated. */
    default void renameTable(String name, String to) {
        run(new Operation.RenameTable(name, to));
    }

    /** Makes several changes of one table together; SQLite rebuilds the table at most once for all of them. */
    default void batchAlterTable(String table, Consumer<TableBatch> changes) {
        TableBatch batch = new TableBatch(table, new ConventionalNames(naming()));
        changes.accept(batch);
        batch.operations().forEach(this::run);
    }

    /** Adds a column to a table. */
    default void addColumn(String table, Column column) {
        run(new Operation.AddColumn(table, column));
    }

    /**
     * Adds a column and fills it in the existing rows, so that it can be NOT NULL without a default.
     *
     * @param fill an SQL expression over the row's other columns, for example {@code 'new'} or {@code lower(email)}
     */
    default void addColumn(String table, Column column, String fill) {
        run(new Operation.AddColumn(table, column, fill, OnMismatch.FAIL));
    }

    /** Adds a column if no column with that name exists. */
    default void addColumnIfNotExists(String table, Column column) {
        run(new Operation.AddColumn(table, column, null, OnMismatch.SKIP));
    }

    /** Drops a column of a table, and the constraints and indexes that contain it. */
    default void dropColumn(String table, String column) {
        run(new Operation.DropColumn(table, column));
    }

    /** Drops a column of a table if it exists. */
    default void dropColumnIfExists(String table, String column) {
        run(new Operation.DropColumn(table, column, OnMismatch.SKIP));
    }

    /** Changes a column. */
    default void alterColumn(String table, String column, ColumnChange change) {
        run(new Operation.AlterColumn(table, column, change));
    }

    /** Renames a column; constraints, indexes, views and triggers are updated. */
    default void renameColumn(String table, String column, String to) {
        run(new Operation.RenameColumn(table, column, to));
    }

    /** Adds a primary key, a foreign key, a unique constraint or a check constraint. */
    default void addConstraint(String table, TableElement constraint) {
        run(new Operation.AddConstraint(table, new ConventionalNames(naming()).named(table, constraint)));
    }

    /** Adds a primary key. */
    default void createPrimaryKey(String name, String table, String... columns) {
        addConstraint(table, PrimaryKey.of(columns).named(name));
    }

    /** Adds a unique constraint. */
    default void createUniqueConstraint(String name, String table, String... columns) {
        addConstraint(table, UniqueConstraint.of(name, columns));
    }

    /** Adds a check constraint. */
    default void createCheckConstraint(String name, String table, String condition) {
        addConstraint(table, CheckConstraint.of(name, condition));
    }

    /** Adds a foreign key on one column. */
    default void createForeignKey(String name, String table, String column, String referred, String referredColumn) {
        addConstraint(table, ForeignKey.of(name, column, referred, referredColumn));
    }

    /** Adds an exclusion constraint; PostgreSQL only. */
    default void createExcludeConstraint(String table, Exclusion exclusion) {
        run(new Operation.AddExclusion(table, exclusion));
    }

    /**
     * Drops a constraint. On SQLite, a constraint without a name is addressed by the name of the naming convention.
     */
    default void dropConstraint(String table, String name) {
        run(new Operation.DropConstraint(table, name));
    }

    /** Drops a constraint if it exists. */
    default void dropConstraintIfExists(String table, String name) {
        run(new Operation.DropConstraint(table, name, OnMismatch.SKIP));
    }

    /** Drops a table's primary key, regardless of its name. */
    default void dropPrimaryKey(String table) {
        run(new Operation.DropPrimaryKey(table));
    }

    /** Checks the rows that existed before a constraint was added as {@code not valid}. */
    default void validateConstraint(String table, String name) {
        run(new Operation.ValidateConstraint(table, name));
    }

    /**
     * Sets the comment on a table, or removes it if {@code text} is null. Does nothing on SQLite, which stores no
     * comments.
     */
    default void commentOnTable(String table, @Nullable String text) {
        run(new Operation.CommentOnTable(table, text));
    }

    /**
     * Sets the comment on a column, or removes it if {@code text} is null. Does nothing on SQLite, which stores no
     * comments.
     */
    default void commentOnColumn(String table, String column, @Nullable String text) {
        alterColumn(table, column, ColumnChange.nothing().comment(text));
    }

    /**
     * Creates an index on columns.
     *
     * @param name the index's name
     * @param table the table's name
     * @param columns the columns in order
     */
    default void createIndex(String name, String table, String... columns) {
        createIndex(table, Index.of(name, columns));
    }

    /** Creates an index on a table. */
    default void createIndex(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index)));
    }

    private Index named(String table, Index index) {
        return new ConventionalNames(naming()).named(table, index);
    }

    /** Creates an index if no index with that name exists. */
    default void createIndexIfNotExists(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index), Build.BLOCKING, OnMismatch.SKIP));
    }

    /**
     * Creates an index while other sessions can write; on PostgreSQL the revision must be without a transaction. An
     * invalid index that an earlier, failed attempt left behind is dropped first.
     */
    default void createIndexConcurrently(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index), Build.CONCURRENTLY, OnMismatch.FAIL));
    }

    /** Drops an index. */
    default void dropIndex(String name) {
        run(new Operation.DropIndex(name));
    }

    /** Drops an index if it exists. */
    default void dropIndexIfExists(String name) {
        run(new Operation.DropIndex(name, Build.BLOCKING, OnMismatch.SKIP));
    }

    /** Drops an index while other sessions can write; on PostgreSQL the revision must be without a transaction. */
    default void dropIndexConcurrently(String name) {
        run(new Operation.DropIndex(name, Build.CONCURRENTLY, OnMismatch.FAIL));
    }

    /** Inserts rows. */
    default void bulkInsert(String table, List<String> columns, List<List<@Nullable Object>> rows) {
        run(new Operation.BulkInsert(table, columns, rows));
    }

    /** Creates an enum type. Does nothing on SQLite, where an enum column contains text. */
    default void createEnum(String name, String... values) {
        run(new Operation.CreateEnum(name, List.of(values)));
    }

    /** Adds a value to the end of an enum; on PostgreSQL the revision must be without a transaction. */
    default void addEnumValue(String name, String value) {
        run(new Operation.AddEnumValue(name, value, null));
    }

    /** Renames a value of an enum. */
    default void renameEnumValue(String name, String value, String to) {
        run(new Operation.RenameEnumValue(name, value, to));
    }

    /** Drops an enum type. */
    default void dropEnum(String name) {
        run(new Operation.DropEnum(name, OnMismatch.FAIL));
    }

    /** Creates a sequence that starts at 1; PostgreSQL only. */
    default void createSequence(String name) {
        run(new Operation.CreateSequence(name, 1, 1));
    }

    /** Drops a sequence. */
    default void dropSequence(String name) {
        run(new Operation.DropSequence(name, OnMismatch.FAIL));
    }

    /** Creates a view. */
    default void createView(String name, String query) {
        run(new Operation.CreateView(new View("", name, false, query, List.of(), List.of(), new TreeMap<>(), null)));
    }

    /** Drops a view. */
    default void dropView(String name) {
        run(new Operation.DropView(name, false, OnMismatch.FAIL));
    }

    /** Creates a trigger. */
    default void createTrigger(String table, Trigger trigger) {
        run(new Operation.CreateTrigger(table, trigger));
    }

    /** Drops a trigger. */
    default void dropTrigger(String table, String name) {
        run(new Operation.DropTrigger(table, name, OnMismatch.FAIL));
    }

    /**
     * Runs SQL unchanged, for example to fill a new column.
     *
     * @param sql one or more statements
     */
    void execute(String sql);

    /**
     * Runs SQL with values.
     *
     * @param sql one or more statements; each {@code ?} outside of quotes and comments stands for a value
     * @param values strings, numbers, booleans, byte arrays, dates and times, UUIDs; at least one
     * @throws IllegalArgumentException if the number of values differs from the number of {@code ?}, or a value has
     *     another type
     */
    default void execute(String sql, @Nullable Object... values) {
        run(new Operation.Execute(new SqlText(sql, Location.of("")), Arrays.asList(values)));
    }

    /** Runs SQL from a known location, so that a failure can name the location. */
    default void execute(SqlText sql) {
        run(new Operation.Execute(sql));
    }

    /** Code that uses the connection of a migration. */
    interface ConnectionWork {
        /**
         * Uses the connection.
         *
         * @param connection the restricted connection of {@link Operations#connection()}
         * @throws SQLException if the database reports an error; the revision then fails
         */
        void run(Connection connection) throws SQLException;
    }

    /**
     * Returns the connection that the migration runs on, for data that SQL alone cannot move. The call is a barrier:
     * the changes that were recorded before it have run. If the revision has a transaction, the connection is in it,
     * and only the engine ends it: {@code commit}, {@code rollback}, {@code close}, {@code abort},
     * {@code setAutoCommit} and {@code setSavepoint} throw {@link UnsupportedOperationException}. Create savepoints
     * with SQL. A COMMIT in the migration's own SQL is not detected.
     *
     * <p>A revision that rebuilds a SQLite table is rolled back and started again when it reaches the rebuild: the work
     * on this connection is then done twice, and only the second time is committed. In a script without a connection,
     * this method throws an exception.
     */
    Connection connection();

    /** Uses the connection immediately, as described at {@link #connection()}. */
    default void withConnection(ConnectionWork work) {
        try {
            work.run(connection());
        } catch (SQLException e) {
            throw new IllegalStateException("The database reported an error: " + e.getMessage(), e);
        }
    }

    /**
     * Runs operations outside of the revision's transaction. The changes that were recorded before are committed; each
     * statement of the body commits by itself; the following operations run in a new transaction, in which the version
     * row is written. Use it for statements that a server does not allow in a transaction. If a later statement fails,
     * the committed changes stay.
     *
     * @param body calls the same operations; it runs once, immediately or later
     */
    void autocommit(Runnable body);

    /** Returns the schema at this point. */
    Schema schema();

    /** Returns whether the schema contains a table with that name; other schemas are ignored. */
    boolean hasTable(String name);

    /** Returns the names of a table's columns in the table's order; empty if the table does not exist. */
    List<String> columns(String table);

    /** Returns whether a table has a column with that name. */
    default boolean hasColumn(String table, String column) {
        return columns(table).contains(column);
    }

    /** Returns the names of a table's indexes, including those of constraints; empty if the table does not exist. */
    Set<String> indexes(String table);

    /** Returns whether the schema contains an index with that name on any table. */
    boolean hasIndex(String name);

    /**
     * Returns whether the schema contains a valid index with that name. On PostgreSQL, an interrupted
     * {@code CREATE INDEX CONCURRENTLY} leaves an invalid index. In a script every index counts as valid.
     */
    default boolean hasValidIndex(String name) {
        return hasIndex(name);
    }

    /** Returns a table's foreign keys; empty if the table does not exist. */
    List<ForeignKey> foreignKeys(String table);

    /** Returns the names of a table's constraints, without those that have no name. */
    Set<String> constraints(String table);

    /**
     * Returns whether the schema contains an enum, a domain or another type with that name; always false on SQLite.
     */
    boolean hasType(String name);
}
