package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key.
 *
 * @param name the constraint's name; null if it has none (SQLite) or if the operation lets the database choose it
 * @param columns the referencing columns in order
 * @param referencedTable the referenced table, qualified if it is in another schema
 * @param referencedColumns the referenced columns; empty if the declaration names none, which means the primary key
 * @param options further attributes that do not have their default value: {@code on delete}, {@code on update},
 *     {@code deferrable}, {@code match}, {@code not valid}
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

    /** Returns a foreign key on one column that gets its name from the naming convention. */
    public static ForeignKey on(String column, String referencedTable, String referencedColumn) {
        return new ForeignKey(null, List.of(column), referencedTable, List.of(referencedColumn), new TreeMap<>());
    }

    /** Returns a named foreign key on one column. */
    public static ForeignKey of(String name, String column, String referencedTable, String referencedColumn) {
        return new ForeignKey(name, List.of(column), referencedTable, List.of(referencedColumn), new TreeMap<>());
    }

    /**
     * Returns a copy with an action for the deletion of the referenced row.
     *
     * @param action {@code cascade}, {@code set null}, {@code set default}, {@code restrict} or {@code no action}
     */
    public ForeignKey onDelete(String action) {
        return with("on delete", action);
    }

    /**
     * Returns a copy with an action for a change of the referenced key.
     *
     * @param action {@code cascade}, {@code set null}, {@code set default}, {@code restrict} or {@code no action}
     */
    public ForeignKey onUpdate(String action) {
        return with("on update", action);
    }

    /** Returns a copy that the database checks when the transaction is committed. */
    public ForeignKey initiallyDeferred() {
        return with("deferrable", "initially deferred");
    }

    /**
     * Returns a copy that PostgreSQL enforces for new rows only, until {@code validateConstraint} checks the existing
     * rows. SQLite checks all rows at once if foreign keys are enabled.
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
