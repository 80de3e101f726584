package dev.turnstone.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The type of a column: one that every dialect can render, or one in a dialect's own spelling.
 *
 * <pre>{@code
 * json().with("sqlite", text()) // JSON where the database has it, TEXT on SQLite
 * }</pre>
 */
public sealed interface ColumnType {

    /** Names of types that every dialect knows how to spell. */
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
     * A type that every dialect spells in its own way.
     *
     * @param name the type
     * @param arguments length, or precision and scale; empty where the type takes none
     * @param variants the type to use instead, by dialect name
     */
    record Portable(Name name, List<Integer> arguments, SortedMap<String, ColumnType> variants) implements ColumnType {

        public Portable {
            arguments = List.copyOf(arguments);
            variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
            if (arguments.stream().anyMatch(n -> n < 0)) {
                throw new IllegalArgumentException("A length, precision or scale is not negative: " + arguments);
            }
        }

        /**
         * Uses another type on one dialect.
         *
         * @param dialect the dialect's name, {@code sqlite} or {@code postgresql}
         * @param type the type there
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
            String spelled = name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            return arguments.isEmpty()
                    ? spelled
                    : spelled + arguments.toString().replace('[', '(').replace(']', ')');
        }
    }

    /**
     * A list of values of one type; JSON on SQLite, where {@code json_each} reads it.
     *
     * @param element the type of each value
     * @param variants the type to use instead, by dialect name
     */
    record ArrayOf(ColumnType element, SortedMap<String, ColumnType> variants) implements ColumnType {

        public ArrayOf {
            variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
        }

        /** Uses another type on one dialect. */
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
     * A type of the user's own, which says how each database spells it.
     *
     * <pre>{@code
     * record Money() implements ColumnType.Custom {
     *     public String spelling(String dialect) {
     *         return dialect.equals("postgresql") ? "numeric(19, 4)" : "INTEGER"; // SQLite: in ten-thousandths
     *     }
     * }
     * }</pre>
     */
    non-sealed interface Custom extends ColumnType {

        /**
         * The database's spelling.
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
     * A type as one database spells it.
     *
     * @param spelling for example {@code character varying(120)}; empty for a SQLite column without a type
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

    /** The type to use on {@code dialect}: a declared variant, or this one. */
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

    /** An exact number of whatever size. */
    static Portable decimal() {
        return portable(Name.DECIMAL);
    }

    /**
     * An exact number.
     *
     * @param precision all digits
     * @param scale digits after the point
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

    /** Text of at most {@code length} characters. */
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

    /** Time of day with at most that many digits after the second's point. */
    static Portable time(int precision) {
        return portable(Name.TIME, precision);
    }

    /** Date and time without a zone. */
    static Portable timestamp() {
        return portable(Name.TIMESTAMP);
    }

    /** Date and time without a zone, with at most that many digits after the second's point. */
    static Portable timestamp(int precision) {
        return portable(Name.TIMESTAMP, precision);
    }

    /** A point in time, with at most that many digits after the second's point. */
    static Portable timestampWithZone(int precision) {
        return portable(Name.TIMESTAMP_WITH_ZONE, precision);
    }

    /** A point in time. */
    static Portable timestampWithZone() {
        return portable(Name.TIMESTAMP_WITH_ZONE);
    }

    static Portable uuid() {
        return portable(Name.UUID);
    }

    static Portable json() {
        return portable(Name.JSON);
    }

    /** A list of values of one type. */
    static ArrayOf array(ColumnType element) {
        return new ArrayOf(element, new TreeMap<>());
    }

    /**
     * An enum type that was made before; texts on SQLite, which has no types.
     *
     * @param name the type's name, unquoted
     */
    static Portable enumeration(String name) {
        return text().with("postgresql", spelled('"' + name.replace("\"", "\"\"") + '"'));
    }

    /** A type in a database's own spelling. */
    static Native spelled(String spelling) {
        return new Native(spelling);
    }
}
