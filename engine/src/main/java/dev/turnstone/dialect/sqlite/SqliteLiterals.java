package dev.turnstone.dialect.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renders values as SQLite literals. */
final class SqliteLiterals {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT);

    private SqliteLiterals() {}

    static String text(String value) {
        // SQLite ends a statement at a NUL. The text must be concatenated from parts.
        if (value.indexOf('\0') >= 0) {
            return "CAST(" + bytes(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + " AS TEXT)";
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * Renders a value.
     *
     * @throws IllegalArgumentException if the value's class has no literal
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
                throw new IllegalArgumentException("SQLite cannot store NaN.");
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
        String moment = moment(value);
        if (moment != null) {
            return text(moment);
        }
        if (value instanceof CharSequence
                || value instanceof java.util.UUID
                || value instanceof Enum<?>
                || value instanceof java.time.temporal.Temporal) {
            return text(value.toString());
        }
        throw new IllegalArgumentException("A value of " + value.getClass().getName() + " has no SQL literal.");
    }

    /**
     * Renders a time as SQLite's date functions do, so that texts sort in the order of the times: always with seconds,
     * and in UTC like CURRENT_TIMESTAMP. Returns null for any other value.
     */
    private static @Nullable String moment(Object value) {
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof LocalDateTime local) {
            return DATE_AND_TIME.format(local);
        }
        if (value instanceof Instant instant) {
            return DATE_AND_TIME.format(instant.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof OffsetDateTime offset) {
            return DATE_AND_TIME.format(offset.withOffsetSameInstant(ZoneOffset.UTC));
        }
        return value instanceof ZonedDateTime zoned
                ? DATE_AND_TIME.format(zoned.withZoneSameInstant(ZoneOffset.UTC))
                : null;
    }

    private static String bytes(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
