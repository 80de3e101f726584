package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key.
 *
 * @param name the constraint's name; null where it has none (SQLite), or where the operation leaves it to the database
 * @param columns the referring columns in order
 * @param referencedTable the table referred to; with its schema where that is another one
 * @param referencedColumns the columns referred to; empty for the primary key, where the declaration does not say more
 * @param options further attributes where they are not the default: {@code on delete}, {@code on update}, {@code
 *     deferrable}, {@code match}, {@code not valid}
 */
public record ForeignKey(
        @Nullable String name,
        List<String> columns,
        String referencedTable,
        List<String> referencedColumns,
        SortedMap<String, String> options)
        implements TableElement {

    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** A foreign key on one column, whose name the naming convention gives. */
    public static ForeignKey on(String column, String referencedTable, String referencedColumn) {
        return new ForeignKey(null, List.of(column), referencedTable, List.of(referencedColumn), new TreeMap<>());
    }

    /** A named foreign key on one column. */
    public static ForeignKey of(String name, String column, String referencedTable, String referencedColumn) {
        return new ForeignKey(name, List.of(column), referencedTable, List.of(referencedColumn), new TreeMap<>());
    }

    /**
     * This key with an action for when the row that is referred to goes.
     *
     * @param action {@code cascade}, {@code set null}, {@code set default}, {@code restrict} or {@code no action}
     */
    public ForeignKey onDelete(String action) {
        return with("on delete", action);
    }

    /**
     * This key with an action for when the row that is referred to gets another key.
     *
     * @param action {@code cascade}, {@code set null}, {@code set default}, {@code restrict} or {@code no action}
     */
    public ForeignKey onUpdate(String action) {
        return with("on update", action);
    }

    /** This key, looked at when the transaction is committed. */
    public ForeignKey initiallyDeferred() {
        return with("deferrable", "initially deferred");
    }

    /**
     * This key, which on PostgreSQL holds for new rows and leaves those that are there unchecked until {@code
     * validateConstraint}; SQLite checks all at once, where foreign keys are on.
     */
    public ForeignKey notValid() {
        return with("not valid", "yes");
    }

    private ForeignKey with(String option, String value) {
        SortedMap<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new ForeignKey(name, columns, referencedTable, referencedColumns, more);
    }
}
