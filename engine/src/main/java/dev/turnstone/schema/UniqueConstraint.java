package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A unique constraint.
 *
 * @param name the constraint's name; null where it has none (SQLite), or where the operation leaves it to the database
 * @param columns the columns in order
 * @param options further attributes of one dialect where they are not the default: {@code nulls not distinct}, {@code
 *     deferrable}, {@code include}, {@code on conflict}
 */
public record UniqueConstraint(@Nullable String name, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public UniqueConstraint {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** A unique constraint whose name the naming convention gives. */
    public static UniqueConstraint on(String... columns) {
        return new UniqueConstraint(null, List.of(columns), new TreeMap<>());
    }

    /** A named unique constraint. */
    public static UniqueConstraint of(String name, String... columns) {
        return new UniqueConstraint(name, List.of(columns), new TreeMap<>());
    }
}
