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

/** Spells values as SQLite's literals. */
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
     * A time as SQLite's own date functions write it, so that the texts sort as the times do: with seconds always, and in
     * UTC, as CURRENT_TIMESTAMP is; null for any other value.
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
