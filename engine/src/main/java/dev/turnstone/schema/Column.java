package dev.turnstone.schema;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name the unquoted name
 * @param type the type
 * @param nullable whether the column accepts NULL
 * @param defaultExpression the default as an SQL expression, or null
 * @param generated the generation clause, or null; for example {@code always (a + b) stored}
 * @param identity {@code always} or {@code by default}, or null if the column is not an identity column
 * @param collation the collation, or null for the default collation of the type
 * @param comment the comment, or null
 * @param options further attributes of one dialect, such as storage, that do not have their default value
 */
public record Column(
        String name,
        ColumnType type,
        boolean nullable,
        @Nullable String defaultExpression,
        @Nullable String generated,
        @Nullable String identity,
        @Nullable String collation,
        @Nullable String comment,
        SortedMap<String, String> options)
        implements TableElement {

    public Column {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Returns a nullable column without a default. */
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, true, null, null, null, null, null, new TreeMap<>());
    }

    /** Returns a copy that is NOT NULL. */
    public Column notNull() {
        return new Column(name, type, false, defaultExpression, generated, identity, collation, comment, options);
    }

    /**
     * Returns a copy with a default.
     *
     * @param expression an SQL expression that every dialect in use accepts, for example {@code 0}, {@code 'new'}
     *     or {@code CURRENT_TIMESTAMP}
     */
    public Column withDefault(String expression) {
        return new Column(name, type, nullable, expression, generated, identity, collation, comment, options);
    }

    /** Returns a copy whose value the database generates in ascending order if an insert gives none. */
    public Column autoIncrement() {
        return new Column(
                name, type, nullable, defaultExpression, generated, "by default", collation, comment, options);
    }

    /** Returns a copy with another name. */
    public Column named(String newName) {
        return new Column(newName, type, nullable, defaultExpression, generated, identity, collation, comment, options);
    }

    /** Returns a copy with another type. */
    public Column withType(ColumnType newType) {
        return new Column(name, newType, nullable, defaultExpression, generated, identity, collation, comment, options);
    }

    /** Returns a copy that accepts NULL. */
    public Column orNull() {
        return new Column(name, type, true, defaultExpression, generated, identity, collation, comment, options);
    }

    /** Returns a copy without a default. */
    public Column withoutDefault() {
        return new Column(name, type, nullable, null, generated, identity, collation, comment, options);
    }

    /** Returns a copy with another identity: {@code always}, {@code by default}, or null for none. */
    public Column withIdentity(@Nullable String kind) {
        return new Column(name, type, nullable, defaultExpression, generated, kind, collation, comment, options);
    }

    /** Returns a copy with a collation. */
    public Column withCollation(String newCollation) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, newCollation, comment, options);
    }

    /** Returns a copy with a comment, or without one if {@code text} is null. */
    public Column withComment(@Nullable String text) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, collation, text, options);
    }

    /** Returns a copy that the database computes, for example {@code always (a + b) stored}. */
    public Column generatedAlways(String clause) {
        return new Column(name, type, nullable, defaultExpression, clause, identity, collation, comment, options);
    }

    /** Returns a copy with other dialect attributes. */
    public Column withOptions(SortedMap<String, String> newOptions) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, collation, comment, newOptions);
    }
}
