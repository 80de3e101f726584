package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A check constraint.
 *
 * @param name the constraint's name; null if it has none (SQLite) or if the operation lets the database choose it
 * @param expression the condition, without the outer parentheses
 * @param columns the columns that the condition reads, in the table's order; empty if not known
 * @param options further attributes of one dialect that do not have their default value: {@code not valid},
 *     {@code no inherit}, {@code on conflict}
 */
public record CheckConstraint(
        @Nullable String name, String expression, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public CheckConstraint {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns a check constraint that gets its name from the naming convention. */
    public static CheckConstraint that(String expression) {
        return new CheckConstraint(null, expression, List.of(), new TreeMap<>());
    }

    /** Returns a named check constraint. */
    public static CheckConstraint of(String name, String expression) {
        return new CheckConstraint(name, expression, List.of(), new TreeMap<>());
    }

    /**
     * Returns a copy that PostgreSQL enforces for new rows only, until {@code validateConstraint} checks the existing
     * rows. SQLite checks all rows at once.
     */
    public CheckConstraint notValid() {
        SortedMap<String, String> more = new TreeMap<>(options);
        more.put("not valid", "yes");
        return new CheckConstraint(name, expression, columns, more);
    }
}
