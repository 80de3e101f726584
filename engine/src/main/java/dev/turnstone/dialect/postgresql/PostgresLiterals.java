package dev.turnstone.dialect.postgresql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Spells values as PostgreSQL's literals. */
final class PostgresLiterals {

    private PostgresLiterals() {}

    /**
     * Spells a value; a text literal takes the type of its place.
     *
     * @throws IllegalArgumentException for a kind of value that has no literal
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
            // PostgreSQL does not know the name of a zone in brackets.
            String text = value instanceof ZonedDateTime zoned
                    ? zoned.toOffsetDateTime().toString()
                    : value.toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("PostgreSQL holds no NUL in a text.");
            }
            return PostgresSpelling.literal(text);
        }
        throw new IllegalArgumentException("A value of " + value.getClass().getName() + " has no SQL literal.");
    }

    /** In parentheses where it has a sign: behind another minus it would begin a comment. */
    private static String signed(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }
}
