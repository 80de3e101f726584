package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index that does not belong to a constraint.
 *
 * @param name the unquoted name; empty if the naming convention provides it
 * @param unique whether the index rejects equal keys
 * @param keys the keys in order
 * @param where the predicate of a partial index, without the outer parentheses, or null
 * @param options further attributes of one dialect that do not have their default value: {@code method},
 *     {@code include}, {@code nulls not distinct}, {@code invalid}, storage parameters
 * @param generatedName whether the name has the form that the server generates
 */
public record Index(
        String name,
        boolean unique,
        List<Key> keys,
        @Nullable String where,
        SortedMap<String, String> options,
        boolean generatedName) {

    /**
     * One key of an index.
     *
     * @param column the column's unquoted name, or null for an expression
     * @param expression the expression, or null for a column
     * @param suffix collation, operator class, {@code desc}, {@code nulls first} in canonical form and without
     *     defaults; empty for none
     */
    public record Key(@Nullable String column, @Nullable String expression, String suffix) {

        public Key {
            if ((column == null) == (expression == null)) {
                throw new IllegalArgumentException(
                        "An index key must be either a column or an expression: " + column + ", " + expression);
            }
        }

        /** Returns the key as text: {@code joined desc}, {@code (lower(email))}. */
        @Override
        public String toString() {
            return (column == null ? "(" + expression + ")" : column) + (suffix.isEmpty() ? "" : " " + suffix);
        }
    }

    public Index {
        keys = List.copyOf(keys);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns an index on columns in ascending order. */
    public static Index of(String name, String... columns) {
        return new Index(
                name, false, Stream.of(columns).map(c -> new Key(c, null, "")).toList(), null, new TreeMap<>(), false);
    }

    /** Returns an index on columns in ascending order that gets its name from the naming convention. */
    public static Index on(String... columns) {
        return of("", columns);
    }

    /** Returns a copy with another name. */
    public Index named(String newName) {
        return new Index(newName, unique, keys, where, options, generatedName);
    }

    /** Returns a copy that rejects equal keys. */
    public Index uniqueKeys() {
        return new Index(name, true, keys, where, options, generatedName);
    }
}
