package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A primary key.
 *
 * @param name the constraint's name; null if it has none (SQLite) or if the operation lets the database choose it
 * @param columns the key's columns in order
 * @param options further attributes of one dialect that do not have their default value: {@code deferrable},
 *     {@code include}, {@code on conflict}, {@code autoincrement}
 */
public record PrimaryKey(@Nullable String name, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public PrimaryKey {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns a primary key whose name the database chooses. */
    public static PrimaryKey of(String... columns) {
        return new PrimaryKey(null, List.of(columns), new TreeMap<>());
    }

    /** Returns a copy with a name. */
    public PrimaryKey named(String constraintName) {
        return new PrimaryKey(constraintName, columns, options);
    }
}
