package dev.turnstone.dialect.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Spells values as SQLite's literals. */
final class SqliteLiterals {

    private SqliteLiterals() {}

    static String text(String value) {
        // A NUL ends the statement for SQLite; it can only be put together.
        if (value.indexOf('\0') >= 0) {
            return "CAST(" + bytes(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + " AS TEXT)";
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * Spells a value.
     *
     * @throws IllegalArgumentException for a kind of value that has no literal
     */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number)) {
                throw new IllegalArgumentException("SQLite holds no NaN.");
            }
            return Double.isInfinite(number) ? (number > 0 ? "9e999" : "-9e999") : value.toString();
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Number
                && (value instanceof BigInteger
                        || value instanceof Long
                        || value instanceof Integer
                        || value instanceof Short
                        || value instanceof Byte)) {
            return value.toString();
        }
        if (value instanceof CharSequence
                || value instanceof java.util.UUID
                || value instanceof Enum<?>
                || value instanceof java.time.temporal.Temporal) {
            return text(value.toString());
        }
        throw new IllegalArgumentException("A value of " + value.getClass().getName() + " has no SQL literal.");
    }

    private static String bytes(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
