package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A unique constraint.
 *
 * @param name the constraint's name; null if it has none (SQLite) or if the operation lets the database choose it
 * @param columns the columns in order
 * @param options further attributes of one dialect that do not have their default value:
 *     {@code nulls not distinct}, {@code deferrable}, {@code include}, {@code on conflict}
 */
public record UniqueConstraint(@Nullable String name, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public UniqueConstraint {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns a unique constraint that gets its name from the naming convention. */
    public static UniqueConstraint on(String... columns) {
        return new UniqueConstraint(null, List.of(columns), new TreeMap<>());
    }

    /** Returns a named unique constraint. */
    public static UniqueConstraint of(String name, String... columns) {
        return new UniqueConstraint(name, List.of(columns), new TreeMap<>());
    }
}
