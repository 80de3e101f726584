package dev.turnstone.schema;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name the name, unquoted
 * @param type its type
 * @param nullable whether it may hold NULL
 * @param defaultExpression the default as an SQL expression, or null
 * @param generated the generation clause, or null; for example {@code always (a + b) stored}
 * @param identity {@code always} or {@code by default}, or null for a column that counts nothing up
 * @param collation the collation where it is not the type's own, or null
 * @param comment the comment, or null
 * @param options further attributes of one dialect, such as storage and compression, where they are not the default
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

    /** A nullable column without default. */
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, true, null, null, null, null, null, new TreeMap<>());
    }

    /** This column, NOT NULL. */
    public Column notNull() {
        return new Column(name, type, false, defaultExpression, generated, identity, collation, comment, options);
    }

    /**
     * This column with a default.
     *
     * @param expression an SQL expression as every dialect in use understands it, for example {@code 0}, {@code 'new'}
     *     or {@code CURRENT_TIMESTAMP}
     */
    public Column withDefault(String expression) {
        return new Column(name, type, nullable, expression, generated, identity, collation, comment, options);
    }

    /** This column, counted up by the database where no value is given. */
    public Column autoIncrement() {
        return new Column(
                name, type, nullable, defaultExpression, generated, "by default", collation, comment, options);
    }

    /** This column under another name. */
    public Column named(String newName) {
        return new Column(newName, type, nullable, defaultExpression, generated, identity, collation, comment, options);
    }

    /** This column with another type. */
    public Column withType(ColumnType newType) {
        return new Column(name, newType, nullable, defaultExpression, generated, identity, collation, comment, options);
    }

    /** This column, which may hold NULL. */
    public Column orNull() {
        return new Column(name, type, true, defaultExpression, generated, identity, collation, comment, options);
    }

    /** This column without a default. */
    public Column withoutDefault() {
        return new Column(name, type, nullable, null, generated, identity, collation, comment, options);
    }

    /** This column, counted up {@code always} or {@code by default}, or null for not at all. */
    public Column withIdentity(@Nullable String kind) {
        return new Column(name, type, nullable, defaultExpression, generated, kind, collation, comment, options);
    }

    /** This column with a collation. */
    public Column withCollation(String newCollation) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, newCollation, comment, options);
    }

    /** This column with a comment, or null for none. */
    public Column withComment(@Nullable String text) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, collation, text, options);
    }

    /** This column, computed by the database: for example {@code always (a + b) stored}. */
    public Column generatedAlways(String clause) {
        return new Column(name, type, nullable, defaultExpression, clause, identity, collation, comment, options);
    }

    /** This column with other further attributes. */
    public Column withOptions(SortedMap<String, String> newOptions) {
        return new Column(name, type, nullable, defaultExpression, generated, identity, collation, comment, newOptions);
    }
}
