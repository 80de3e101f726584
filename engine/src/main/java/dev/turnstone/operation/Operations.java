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
 * Takes what a migration does, and answers what the database holds at that point.
 *
 * <p>Changes are recorded and run together. A question ({@link #hasTable}, {@link #columns}, {@link #schema}) is a
 * barrier: what was recorded before it runs first, so that the answer is true. On SQLite a change that ALTER TABLE
 * cannot do is a barrier too: the table is read and made anew with the change, and with nothing else changed. Names are
 * unquoted; each dialect quotes them. SQL expressions are the author's and reach the database as they are. Constraints and
 * indexes without a name get the one that {@link #naming} gives, the same on every dialect; {@link #run} takes an
 * operation as it is. Not thread-safe; used by one migration at a time.
 */
public interface Operations {

    /** The name of the dialect that the migration runs on: {@code sqlite} or {@code postgresql}. */
    String dialect();

    /** How constraints and indexes are called that have no name. */
    default ConstraintNaming naming() {
        return ConstraintNaming.DEFAULT;
    }

    /**
     * These operations under another naming convention. It is said in the migration, because a convention that changes
     * later must not change what older migrations make.
     */
    default Operations withNaming(ConstraintNaming convention) {
        return new NamingOperations(this, convention);
    }

    /**
     * Records an operation, one of the user's own included.
     *
     * @see Operation.Custom
     */
    void run(Operation operation);

    /**
     * Makes a table.
     *
     * @param name the table's name
     * @param elements its columns and constraints
     * @throws IllegalArgumentException when there is more than one primary key, or two columns of one name
     */
    default void createTable(String name, TableElement... elements) {
        createTable(Table.of(name, List.of(elements)));
    }

    /** Makes a table with its indexes and triggers. */
    default void createTable(Table table) {
        run(new Operation.CreateTable(new ConventionalNames(naming()).in(table)));
    }

    /** Makes a table where there is none of that name. */
    default void createTableIfNotExists(String name, TableElement... elements) {
        Table table = new ConventionalNames(naming()).in(Table.of(name, List.of(elements)));
        run(new Operation.CreateTable(table, OnMismatch.SKIP));
    }

    /** Drops a table. */
    default void dropTable(String name) {
        run(new Operation.DropTable(name));
    }

    /** Drops a table where there is one. */
    default void dropTableIfExists(String name) {
        run(new Operation.DropTable(name, OnMismatch.SKIP));
    }

    /** Gives a table another name; foreign keys, views and triggers follow. */
    default void renameTable(String name, String to) {
        run(new Operation.RenameTable(name, to));
    }

    /** Changes a table in several ways at once; SQLite makes it anew at most once for all of them. */
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
     * Adds a column, and fills it in the rows that are there; it can be NOT NULL without a default.
     *
     * @param fill an SQL expression over the row's other columns, for example {@code 'new'} or {@code lower(email)}
     */
    default void addColumn(String table, Column column, String fill) {
        run(new Operation.AddColumn(table, column, fill, OnMismatch.FAIL));
    }

    /** Adds a column where there is none of that name. */
    default void addColumnIfNotExists(String table, Column column) {
        run(new Operation.AddColumn(table, column, null, OnMismatch.SKIP));
    }

    /** Drops a column of a table, with the constraints and indexes that it is part of. */
    default void dropColumn(String table, String column) {
        run(new Operation.DropColumn(table, column));
    }

    /** Drops a column of a table where there is one of that name. */
    default void dropColumnIfExists(String table, String column) {
        run(new Operation.DropColumn(table, column, OnMismatch.SKIP));
    }

    /** Changes a column. */
    default void alterColumn(String table, String column, ColumnChange change) {
        run(new Operation.AlterColumn(table, column, change));
    }

    /** Gives a column another name; constraints, indexes, views and triggers follow. */
    default void renameColumn(String table, String column, String to) {
        run(new Operation.RenameColumn(table, column, to));
    }

    /** Adds a primary key, a foreign key, a unique or a check constraint. */
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

    /** Drops a constraint; one without a name (SQLite) by the name that the naming convention gives it. */
    default void dropConstraint(String table, String name) {
        run(new Operation.DropConstraint(table, name));
    }

    /** Drops a constraint where there is one of that name. */
    default void dropConstraintIfExists(String table, String name) {
        run(new Operation.DropConstraint(table, name, OnMismatch.SKIP));
    }

    /** Drops a table's primary key, whatever its name. */
    default void dropPrimaryKey(String table) {
        run(new Operation.DropPrimaryKey(table));
    }

    /** Checks the rows that were there before a constraint that was added {@code not valid}. */
    default void validateConstraint(String table, String name) {
        run(new Operation.ValidateConstraint(table, name));
    }

    /** Sets the comment on a table, null for none. SQLite keeps no comments: nothing happens there. */
    default void commentOnTable(String table, @Nullable String text) {
        run(new Operation.CommentOnTable(table, text));
    }

    /** Sets the comment on a column, null for none. SQLite keeps no comments: nothing happens there. */
    default void commentOnColumn(String table, String column, @Nullable String text) {
        alterColumn(table, column, ColumnChange.nothing().comment(text));
    }

    /**
     * Makes an index on columns.
     *
     * @param name the index's name
     * @param table the table's name
     * @param columns the columns to sort by, in order
     */
    default void createIndex(String name, String table, String... columns) {
        createIndex(table, Index.of(name, columns));
    }

    /** Makes an index on a table. */
    default void createIndex(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index)));
    }

    private Index named(String table, Index index) {
        return new ConventionalNames(naming()).named(table, index);
    }

    /** Makes an index where there is none of that name. */
    default void createIndexIfNotExists(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index), Build.BLOCKING, OnMismatch.SKIP));
    }

    /**
     * Makes an index while others write; on PostgreSQL in a revision without transaction. What an earlier, failed
     * attempt left behind is dropped first.
     */
    default void createIndexConcurrently(String table, Index index) {
        run(new Operation.CreateIndex(table, named(table, index), Build.CONCURRENTLY, OnMismatch.FAIL));
    }

    /** Drops an index. */
    default void dropIndex(String name) {
        run(new Operation.DropIndex(name));
    }

    /** Drops an index where there is one. */
    default void dropIndexIfExists(String name) {
        run(new Operation.DropIndex(name, Build.BLOCKING, OnMismatch.SKIP));
    }

    /** Drops an index while others write; on PostgreSQL in a revision without transaction. */
    default void dropIndexConcurrently(String name) {
        run(new Operation.DropIndex(name, Build.CONCURRENTLY, OnMismatch.FAIL));
    }

    /** Inserts rows. */
    default void bulkInsert(String table, List<String> columns, List<List<@Nullable Object>> rows) {
        run(new Operation.BulkInsert(table, columns, rows));
    }

    /** Makes an enum type; nothing happens on SQLite, where an enum column holds texts. */
    default void createEnum(String name, String... values) {
        run(new Operation.CreateEnum(name, List.of(values)));
    }

    /** Adds a value to the end of an enum; on PostgreSQL in a revision without transaction. */
    default void addEnumValue(String name, String value) {
        run(new Operation.AddEnumValue(name, value, null));
    }

    /** Gives a value of an enum another name. */
    default void renameEnumValue(String name, String value, String to) {
        run(new Operation.RenameEnumValue(name, value, to));
    }

    /** Drops an enum type. */
    default void dropEnum(String name) {
        run(new Operation.DropEnum(name, OnMismatch.FAIL));
    }

    /** Makes a sequence that begins with 1; PostgreSQL only. */
    default void createSequence(String name) {
        run(new Operation.CreateSequence(name, 1, 1));
    }

    /** Drops a sequence. */
    default void dropSequence(String name) {
        run(new Operation.DropSequence(name, OnMismatch.FAIL));
    }

    /** Makes a view. */
    default void createView(String name, String query) {
        run(new Operation.CreateView(new View("", name, false, query, List.of(), List.of(), new TreeMap<>(), null)));
    }

    /** Drops a view. */
    default void dropView(String name) {
        run(new Operation.DropView(name, false, OnMismatch.FAIL));
    }

    /** Makes a trigger. */
    default void createTrigger(String table, Trigger trigger) {
        run(new Operation.CreateTrigger(table, trigger));
    }

    /** Drops a trigger. */
    default void dropTrigger(String table, String name) {
        run(new Operation.DropTrigger(table, name, OnMismatch.FAIL));
    }

    /**
     * Runs SQL as it is written, for example to fill a new column.
     *
     * @param sql one or several statements
     */
    void execute(String sql);

    /**
     * Runs SQL with values.
     *
     * @param sql one or several statements; each {@code ?} outside of quotes and comments stands for a value
     * @param values texts, numbers, truth values, bytes, dates and times, UUIDs; at least one
     * @throws IllegalArgumentException when there are more or fewer values than places, or a value of another kind
     */
    default void execute(String sql, @Nullable Object... values) {
        run(new Operation.Execute(new SqlText(sql, Location.of("")), Arrays.asList(values)));
    }

    /** Runs SQL that stands at a known place, so that a failure can name it. */
    default void execute(SqlText sql) {
        run(new Operation.Execute(sql));
    }

    /** What is done with a connection. */
    interface ConnectionWork {
        /**
         * Does it.
         *
         * @param connection see {@link Operations#connection()}
         * @throws SQLException which fails the revision
         */
        void run(Connection connection) throws SQLException;
    }

    /**
     * The connection that the migration runs on, for data that SQL alone cannot move. It is a barrier: what was recorded
     * before has run. It is in the revision's transaction, where there is one, whose end is the engine's: {@code commit},
     * {@code rollback}, {@code close}, {@code abort}, {@code setAutoCommit} and {@code setSavepoint} throw {@link
     * UnsupportedOperationException}; savepoints are made with SQL. A COMMIT in the migration's own SQL is not seen.
     *
     * <p>A revision that rebuilds a SQLite table is rolled back and begun again when the rebuild is met: what is done
     * here is then done twice, and counts once. In a script without a connection this is an error.
     */
    Connection connection();

    /** Moves data through JDBC, at once; see {@link #connection()}. */
    default void withConnection(ConnectionWork work) {
        try {
            work.run(connection());
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused it: " + e.getMessage(), e);
        }
    }

    /**
     * Does something outside of the revision's transaction: what was recorded before is committed, each statement of the
     * body commits by itself, and what follows has a transaction of its own, in which the version row is written. For what
     * a server refuses in a transaction; a failure behind it leaves what was committed.
     *
     * @param body calls the same operations; whether it runs at once or later, it runs once
     */
    void autocommit(Runnable body);

    /** All that the schema holds at this point. */
    Schema schema();

    /** Whether the schema holds a table of that name; tables of other schemas do not count. */
    boolean hasTable(String name);

    /** The names of a table's columns in the table's order; empty where there is no such table. */
    List<String> columns(String table);

    /** Whether a table has a column of that name. */
    default boolean hasColumn(String table, String column) {
        return columns(table).contains(column);
    }

    /** The names of a table's indexes, those of its constraints included; empty where there is no such table. */
    Set<String> indexes(String table);

    /** Whether the schema holds an index of that name, on whatever table. */
    boolean hasIndex(String name);

    /**
     * Whether the schema holds an index of that name that serves queries. On PostgreSQL a {@code CREATE INDEX CONCURRENTLY}
     * that was cut off leaves one which does not; in a script there is none of these.
     */
    default boolean hasValidIndex(String name) {
        return hasIndex(name);
    }

    /** A table's foreign keys; empty where there is no such table. */
    List<ForeignKey> foreignKeys(String table);

    /** The names of a table's constraints; those without a name are left out. */
    Set<String> constraints(String table);

    /** Whether the schema holds an enum, a domain or another type of that name; never on SQLite. */
    boolean hasType(String name);
}
