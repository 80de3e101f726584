package dev.turnstone.operation;

import dev.turnstone.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one column. Attributes that are not named keep their values. Immutable.
 *
 * <pre>{@code
 * ColumnChange.nothing().type(ColumnType.integer()).using("length(name)").notNull("0")
 * }</pre>
 *
 * @param type the new type, or null for no change
 * @param using an SQL expression that computes the values of the new type, or null for the database's own conversion
 * @param nullability the new nullability, or null for no change
 * @param fill an SQL expression that replaces NULL in the existing rows, or null
 * @param defaultValue the new default, or null for no change
 * @param comment the new comment, or null for no change
 * @param identity the new identity, or null for no change
 */
public record ColumnChange(
        @Nullable ColumnType type,
        @Nullable String using,
        @Nullable Nullability nullability,
        @Nullable String fill,
        @Nullable Setting defaultValue,
        @Nullable Setting comment,
        @Nullable Setting identity) {

    /** Whether a column accepts NULL. */
    public enum Nullability {
        NULL,
        NOT_NULL
    }

    /**
     * The new value of an attribute.
     *
     * @param value the value, or null to remove the attribute
     */
    public record Setting(@Nullable String value) {}

    /** Returns a change that changes nothing. */
    public static ColumnChange nothing() {
        return new ColumnChange(null, null, null, null, null, null, null);
    }

    /** Sets another type. The database converts the values itself. */
    public ColumnChange type(ColumnType newType) {
        return new ColumnChange(newType, using, nullability, fill, defaultValue, comment, identity);
    }

    /** Sets the SQL expression over the row that computes the value of the new type. */
    public ColumnChange using(String expression) {
        return new ColumnChange(type, expression, nullability, fill, defaultValue, comment, identity);
    }

    /** Makes the column NOT NULL. The change fails if a row contains NULL. */
    public ColumnChange notNull() {
        return new ColumnChange(type, using, Nullability.NOT_NULL, fill, defaultValue, comment, identity);
    }

    /** Makes the column NOT NULL, and first replaces NULL in the existing rows by the value of an SQL expression. */
    public ColumnChange notNull(String expression) {
        return new ColumnChange(type, using, Nullability.NOT_NULL, expression, defaultValue, comment, identity);
    }

    /** Makes the column accept NULL. */
    public ColumnChange nullable() {
        return new ColumnChange(type, using, Nullability.NULL, fill, defaultValue, comment, identity);
    }

    /** Sets the default to an SQL expression. */
    public ColumnChange defaultTo(String expression) {
        return new ColumnChange(type, using, nullability, fill, new Setting(expression), comment, identity);
    }

    /** Removes the default. */
    public ColumnChange withoutDefault() {
        return new ColumnChange(type, using, nullability, fill, new Setting(null), comment, identity);
    }

    /** Sets the comment, or removes it if {@code text} is null. SQLite stores no comments. */
    public ColumnChange comment(@Nullable String text) {
        return new ColumnChange(type, using, nullability, fill, defaultValue, new Setting(text), identity);
    }

    /**
     * Changes the identity of the column.
     *
     * @param kind {@code always} or {@code by default}; null to remove the identity
     */
    public ColumnChange identity(@Nullable String kind) {
        return new ColumnChange(type, using, nullability, fill, defaultValue, comment, new Setting(kind));
    }
}
