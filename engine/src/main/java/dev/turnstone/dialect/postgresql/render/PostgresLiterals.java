package dev.turnstone.dialect.postgresql.render;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Renders values as PostgreSQL literals. */
final class PostgresLiterals {

    private PostgresLiterals() {}

    /**
     * Renders a value. The server gives a text literal the type of its context.
     *
     * @throws IllegalArgumentException if the value's class has no literal
     */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean truth) {
            return truth ? "true" : "false";
        }
        if (value instanceof byte[] bytes) {
            return "'\\x" + HexFormat.of().formatHex(bytes) + "'::bytea";
        }
        if (value instanceof Double || value instanceof Float) {
            return "'" + value + "'::float8";
        }
        if (value instanceof BigDecimal number) {
            return signed(number.toPlainString());
        }
        if (value instanceof BigInteger
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return signed(value.toString());
        }
        if (value instanceof CharSequence
                || value instanceof java.util.UUID
                || value instanceof Enum<?>
                || value instanceof java.time.temporal.Temporal) {
            // PostgreSQL does not accept the zone name in brackets.
            String text = value instanceof ZonedDateTime zoned
                    ? zoned.toOffsetDateTime().toString()
                    : value.toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A PostgreSQL text cannot contain a NUL character.");
            }
            return PostgresClauses.literal(text);
        }
        throw new IllegalArgumentException("A value of " + value.getClass().getName() + " has no SQL literal.");
    }

    /** Puts a negative number in parentheses: two minus signs would begin a comment. */
    private static String signed(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }
}
