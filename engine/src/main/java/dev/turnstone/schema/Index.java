package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index that no constraint brings along.
 *
 * @param name the name, unquoted; empty where the naming convention shall give one
 * @param unique whether it refuses equal keys
 * @param keys what it is sorted by
 * @param where the predicate of a partial index, without the outer parentheses, or null
 * @param options further attributes of one dialect where they are not the default: {@code method}, {@code include},
 *     {@code nulls not distinct}, {@code invalid}, storage parameters
 * @param generatedName whether the name has the form that the server itself chooses
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
     * @param column the column's name, unquoted, or null for an expression
     * @param expression the expression, or null for a column
     * @param suffix what follows, canonically spelled, without defaults: collation, operator class, {@code desc},
     *     {@code nulls first}; empty for none
     */
    public record Key(@Nullable String column, @Nullable String expression, String suffix) {

        public Key {
            if ((column == null) == (expression == null)) {
                throw new IllegalArgumentException("A key is a column or an expression: " + column + ", " + expression);
            }
        }

        /** The key as text: {@code joined desc}, {@code (lower(email))}. */
        @Override
        public String toString() {
            return (column == null ? "(" + expression + ")" : column) + (suffix.isEmpty() ? "" : " " + suffix);
        }
    }

    public Index {
        keys = List.copyOf(keys);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** An index on columns, in ascending order. */
    public static Index of(String name, String... columns) {
        return new Index(
                name, false, Stream.of(columns).map(c -> new Key(c, null, "")).toList(), null, new TreeMap<>(), false);
    }

    /** An index on columns, in ascending order, whose name the naming convention gives. */
    public static Index on(String... columns) {
        return of("", columns);
    }

    /** This index under another name. */
    public Index named(String newName) {
        return new Index(newName, unique, keys, where, options, generatedName);
    }

    /** This index, refusing equal keys. */
    public Index uniqueKeys() {
        return new Index(name, true, keys, where, options, generatedName);
    }
}
