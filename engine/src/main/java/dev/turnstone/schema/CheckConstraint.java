package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A check constraint.
 *
 * @param name the constraint's name; null where it has none (SQLite), or where the operation leaves it to the database
 * @param expression the condition, without the outer parentheses
 * @param columns the columns that the condition reads, in the table's order; empty where not known
 * @param options further attributes of one dialect where they are not the default: {@code not valid}, {@code no
 *     inherit}, {@code on conflict}
 */
public record CheckConstraint(
        @Nullable String name, String expression, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public CheckConstraint {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** A check constraint whose name the naming convention gives. */
    public static CheckConstraint that(String expression) {
        return new CheckConstraint(null, expression, List.of(), new TreeMap<>());
    }

    /** A named check constraint. */
    public static CheckConstraint of(String name, String expression) {
        return new CheckConstraint(name, expression, List.of(), new TreeMap<>());
    }

    /**
     * This check, which on PostgreSQL holds for new rows and leaves those that are there unchecked until {@code
     * validateConstraint}; SQLite checks all at once.
     */
    public CheckConstraint notValid() {
        SortedMap<String, String> more = new TreeMap<>(options);
        more.put("not valid", "yes");
        return new CheckConstraint(name, expression, columns, more);
    }
}
