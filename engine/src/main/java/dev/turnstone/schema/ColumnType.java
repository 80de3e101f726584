package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The type of a column: a portable type that every dialect renders, or a type in the SQL of one dialect.
 *
 * <pre>{@code
 * json().with("sqlite", text()) // JSON, but TEXT on SQLite
 * }</pre>
 */
public sealed interface ColumnType {

    /** Names of the types that every dialect renders. */
    enum Name {
        SMALLINT,
        INTEGER,
        BIGINT,
        DECIMAL,
        REAL,
        DOUBLE,
        BOOLEAN,
        TEXT,
        VARCHAR,
        BINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_WITH_ZONE,
        UUID,
        JSON
    }

    /**
     * A type that each dialect renders in its own SQL.
     *
     * @param name the type
     * @param arguments length, or precision and scale; empty if the type takes none
     * @param variants the types to use instead, by dialect name
     */
    record Portable(Name name, List<Integer> arguments, SortedMap<String, ColumnType> variants) implements ColumnType {

        public Portable {
            arguments = List.copyOf(arguments);
            variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
            if (arguments.stream().anyMatch(n -> n < 0)) {
                throw new IllegalArgumentException("A length, precision or scale must not be negative: " + arguments);
            }
        }

        /**
         * Returns a copy that uses another type on one dialect.
         *
         * @param dialect the dialect's name, {@code sqlite} or {@code postgresql}
         * @param type the type on that dialect
         */
        public Portable with(String dialect, ColumnType type) {
            SortedMap<String, ColumnType> more = new TreeMap<>(variants);
            more.put(dialect, type);
            return new Portable(name, arguments, more);
        }

        @Override
        public ColumnType on(String dialect) {
            ColumnType variant = variants.get(dialect);
            return variant == null ? this : variant.on(dialect);
        }

        @Override
        public String toString() {
            String formatted = name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            return arguments.isEmpty()
                    ? formatted
                    : formatted + arguments.toString().replace('[', '(').replace(']', ')');
        }
    }

    /**
     * An array with one element type. On SQLite it is JSON, which {@code json_each} reads.
     *
     * @param element the type of each element
     * @param variants the types to use instead, by dialect name
     */
    record ArrayOf(ColumnType element, SortedMap<String, ColumnType> variants) implements ColumnType {

        public ArrayOf {
            variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
        }

        /** Returns a copy that uses another type on one dialect. */
        public ArrayOf with(String dialect, ColumnType type) {
            SortedMap<String, ColumnType> more = new TreeMap<>(variants);
            more.put(dialect, type);
            return new ArrayOf(element, more);
        }

        @Override
        public ColumnType on(String dialect) {
            ColumnType variant = variants.get(dialect);
            return variant == null ? this : variant.on(dialect);
        }

        @Override
        public String toString() {
            return element + "[]";
        }
    }

    /**
     * A user-defined type that renders itself for each dialect.
     *
     * <pre>{@code
     * record Money() implements ColumnType.Custom {
     *     public String spelling(String dialect) {
     *         return dialect.equals("postgresql") ? "numeric(19, 4)" : "INTEGER"; // on SQLite in 1/10000
     *     }
     * }
     * }</pre>
     */
    non-sealed interface Custom extends ColumnType {

        /**
         * Returns the type in the SQL of one dialect.
         *
         * @param dialect the dialect's name, {@code sqlite} or {@code postgresql}
         */
        String spelling(String dialect);

        @Override
        default ColumnType on(String dialect) {
            return spelled(spelling(dialect));
        }
    }

    /**
     * A type in the SQL of one dialect.
     *
     * @param spelling the SQL, for example {@code character varying(120)}; empty for a SQLite column without a type
     */
    record Native(String spelling) implements ColumnType {

        @Override
        public ColumnType on(String dialect) {
            return this;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** Returns the type to use on {@code dialect}: the variant for that dialect, or this type. */
    ColumnType on(String dialect);

    private static Portable portable(Name name, Integer... arguments) {
        return new Portable(name, List.of(arguments), new TreeMap<>(Map.of()));
    }

    static Portable smallint() {
        return portable(Name.SMALLINT);
    }

    static Portable integer() {
        return portable(Name.INTEGER);
    }

    static Portable bigint() {
        return portable(Name.BIGINT);
    }

    /** Returns an exact number without a limit on its digits. */
    static Portable decimal() {
        return portable(Name.DECIMAL);
    }

    /**
     * Returns an exact number.
     *
     * @param precision the total number of digits
     * @param scale the number of digits after the decimal point
     */
    static Portable decimal(int precision, int scale) {
        return portable(Name.DECIMAL, precision, scale);
    }

    static Portable real() {
        return portable(Name.REAL);
    }

    static Portable doublePrecision() {
        return portable(Name.DOUBLE);
    }

    static Portable bool() {
        return portable(Name.BOOLEAN);
    }

    static Portable text() {
        return portable(Name.TEXT);
    }

    /** Returns a text type of at most {@code length} characters. */
    static Portable varchar(int length) {
        return portable(Name.VARCHAR, length);
    }

    static Portable binary() {
        return portable(Name.BINARY);
    }

    static Portable date() {
        return portable(Name.DATE);
    }

    static Portable time() {
        return portable(Name.TIME);
    }

    /** Returns a time of day with at most {@code precision} fractional digits of a second. */
    static Portable time(int precision) {
        return portable(Name.TIME, precision);
    }

    /** Returns a date and time without a time zone. */
    static Portable timestamp() {
        return portable(Name.TIMESTAMP);
    }

    /** Returns a date and time without a time zone, with at most {@code precision} fractional digits of a second. */
    static Portable timestamp(int precision) {
        return portable(Name.TIMESTAMP, precision);
    }

    /** Returns a point in time with at most {@code precision} fractional digits of a second. */
    static Portable timestampWithZone(int precision) {
        return portable(Name.TIMESTAMP_WITH_ZONE, precision);
    }

    /** Returns a point in time. */
    static Portable timestampWithZone() {
        return portable(Name.TIMESTAMP_WITH_ZONE);
    }

    static Portable uuid() {
        return portable(Name.UUID);
    }

    static Portable json() {
        return portable(Name.JSON);
    }

    /** Returns an array with one element type. */
    static ArrayOf array(ColumnType element) {
        return new ArrayOf(element, new TreeMap<>());
    }

    /**
     * Returns a reference to an existing enum type; text on SQLite, which has no enum types.
     *
     * @param name the unquoted name of the type
     */
    static Portable enumeration(String name) {
        return text().with("postgresql", spelled('"' + name.replace("\"", "\"\"") + '"'));
    }

    /** Returns a type that is given in the SQL of one dialect. */
    static Native spelled(String spelling) {
        return new Native(spelling);
    }
}
