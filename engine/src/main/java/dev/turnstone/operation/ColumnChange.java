package dev.turnstone.operation;

import dev.turnstone.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a column; what is not named stays. Immutable.
 *
 * <pre>{@code
 * ColumnChange.nothing().type(ColumnType.integer()).using("length(name)").notNull("0")
 * }</pre>
 *
 * @param type the new type, or null
 * @param using an SQL expression for the values under the new type, or null for the database's own conversion
 * @param nullability the change, or null
 * @param fill an SQL expression that takes the place of NULL in the rows that are there, or null
 * @param defaultValue the change, or null
 * @param comment the change, or null
 * @param identity the change, or null
 */
public record ColumnChange(
        @Nullable ColumnType type,
        @Nullable String using,
        @Nullable Nullability nullability,
        @Nullable String fill,
        @Nullable Setting defaultValue,
        @Nullable Setting comment,
        @Nullable Setting identity) {

    /** Whether a column may hold NULL. */
    public enum Nullability {
        NULL,
        NOT_NULL
    }

    /**
     * A value to set, or nothing in its place.
     *
     * @param value null to take it away
     */
    public record Setting(@Nullable String value) {}

    /** No change. */
    public static ColumnChange nothing() {
        return new ColumnChange(null, null, null, null, null, null, null);
    }

    /** Another type; the values are converted as the database does by itself. */
    public ColumnChange type(ColumnType newType) {
        return new ColumnChange(newType, using, nullability, fill, defaultValue, comment, identity);
    }

    /** How a row's value is computed when the type changes, as an SQL expression over the row. */
    public ColumnChange using(String expression) {
        return new ColumnChange(type, expression, nullability, fill, defaultValue, comment, identity);
    }

    /** NOT NULL; fails where a row holds NULL. */
    public ColumnChange notNull() {
        return new ColumnChange(type, using, Nullability.NOT_NULL, fill, defaultValue, comment, identity);
    }

    /** NOT NULL; rows that hold NULL get the value of an SQL expression. */
    public ColumnChange notNull(String expression) {
        return new ColumnChange(type, using, Nullability.NOT_NULL, expression, defaultValue, comment, identity);
    }

    /** The column may hold NULL. */
    public ColumnChange nullable() {
        return new ColumnChange(type, using, Nullability.NULL, fill, defaultValue, comment, identity);
    }

    /** A default as an SQL expression. */
    public ColumnChange defaultTo(String expression) {
        return new ColumnChange(type, using, nullability, fill, new Setting(expression), comment, identity);
    }

    /** No default any more. */
    public ColumnChange withoutDefault() {
        return new ColumnChange(type, using, nullability, fill, new Setting(null), comment, identity);
    }

    /** A comment, or null for none any more. SQLite keeps no comments. */
    public ColumnChange comment(@Nullable String text) {
        return new ColumnChange(type, using, nullability, fill, defaultValue, new Setting(text), identity);
    }

    /**
     * How the column counts itself up.
     *
     * @param kind {@code always} or {@code by default}; null for no longer
     */
    public ColumnChange identity(@Nullable String kind) {
        return new ColumnChange(type, using, nullability, fill, defaultValue, comment, new Setting(kind));
    }
}
