package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A primary key.
 *
 * @param name the constraint's name; null where it has none (SQLite), or where the operation leaves it to the database
 * @param columns the key's columns in order
 * @param options further attributes of one dialect where they are not the default: {@code deferrable}, {@code include},
 *     {@code on conflict}, {@code autoincrement}
 */
public record PrimaryKey(@Nullable String name, List<String> columns, SortedMap<String, String> options)
        implements TableElement {

    public PrimaryKey {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** A primary key whose name is left to the database. */
    public static PrimaryKey of(String... columns) {
        return new PrimaryKey(null, List.of(columns), new TreeMap<>());
    }

    /** This key with a name. */
    public PrimaryKey named(String constraintName) {
        return new PrimaryKey(constraintName, columns, options);
    }
}
