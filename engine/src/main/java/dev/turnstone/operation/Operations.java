package dev.turnstone.operation;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.TableElement;
import java.util.List;
import java.util.Set;

/**
 * Takes what a migration does, and answers what the database holds at that point.
 *
 * <p>Changes are recorded and run together. A question ({@link #hasTable}, {@link #columns}, {@link #indexes}) is a
 * barrier: what was recorded before it runs first, so that the answer is true. Names are unquoted; each dialect quotes
 * them. Not thread-safe; used by one migration at a time.
 */
public interface Operations {

    /** The name of the dialect that the migration runs on: {@code sqlite} or {@code postgresql}. */
    String dialect();

    /**
     * Makes a table.
     *
     * @param name the table's name
     * @param elements its columns and constraints
     * @throws IllegalArgumentException when there is more than one primary key, or two columns of one name
     */
    void createTable(String name, TableElement... elements);

    /** Drops a table. */
    void dropTable(String name);

    /** Adds a column to a table. */
    void addColumn(String table, Column column);

    /** Drops a column of a table. */
    void dropColumn(String table, String column);

    /**
     * Makes an index on columns.
     *
     * @param name the index's name
     * @param table the table's name
     * @param columns the columns to sort by, in order
     */
    void createIndex(String name, String table, String... columns);

    /** Makes an index on a table. */
    void createIndex(String table, Index index);

    /** Drops an index. */
    void dropIndex(String name);

    /**
     * Runs SQL as it is written, for example to fill a new column.
     *
     * @param sql one or several statements
     */
    void execute(String sql);

    /** Runs SQL that stands at a known place, so that a failure can name it. */
    void execute(SqlText sql);

    /** Whether the schema holds a table of that name; tables of other schemas do not count. */
    boolean hasTable(String name);

    /** The names of a table's columns in the table's order; empty where there is no such table. */
    List<String> columns(String table);

    /** The names of a table's indexes, those of its constraints included; empty where there is no such table. */
    Set<String> indexes(String table);

    /** Whether the schema holds an index of that name, on whatever table. */
    boolean hasIndex(String name);
}
