package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The possible meanings of a column's type. A type of PostgreSQL has one; a type of SQLite may have several, because
 * its affinities store many kinds of values.
 *
 * @param families the possible meanings; empty if no other dialect has such a type
 * @param arguments length, or precision and scale
 * @param allowed the values of an enum as SQL strings; empty for any value
 * @param spelling the type as declared
 */
record TypeMeaning(Set<Family> families, List<String> arguments, List<String> allowed, String spelling) {

    enum Family {
        INTEGER,
        BOOLEAN,
        REAL,
        DECIMAL,
        TEXT,
        BINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_WITH_ZONE,
        UUID,
        JSON
    }

    private static final Pattern ARGUMENTS = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern TEXT_LITERAL = Pattern.compile("'((?:[^']|'')*+)'");

    static TypeMeaning of(String dialect, String spelling, Schema schema) {
        Matcher matcher = ARGUMENTS.matcher(spelling);
        List<String> arguments = matcher.find()
                ? Stream.of(matcher.group(1).split(",", -1)).map(String::strip).toList()
                : List.of();
        String bare = ARGUMENTS
                .matcher(spelling)
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip();
        if (Dialects.find(dialect).map(Dialect::hasDynamicTypes).orElse(false)) {
            return new TypeMeaning(sqlite(bare.toUpperCase(Locale.ROOT)), arguments, List.of(), spelling);
        }
        SchemaObject declared = named(schema, bare);
        if (declared != null && declared.id().kind() == ObjectKind.DOMAIN) {
            TypeMeaning base = of(dialect, declared.attributes().getOrDefault("type", ""), Schema.EMPTY);
            return new TypeMeaning(base.families, base.arguments, base.allowed, spelling);
        }
        if (declared != null) {
            List<String> values = TEXT_LITERAL
                    .matcher(declared.attributes().getOrDefault("values", ""))
                    .results()
                    .map(result -> result.group(1).replace("''", "'"))
                    .toList();
            return new TypeMeaning(EnumSet.of(Family.TEXT), List.of(), values, spelling);
        }
        return new TypeMeaning(standard(bare.toLowerCase(Locale.ROOT)), arguments, List.of(), spelling);
    }

    private static @Nullable SchemaObject named(Schema schema, String name) {
        String unquoted =
                name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
        return schema.others().stream()
                .filter(o -> o.id().equals(ObjectId.of(ObjectKind.ENUM, unquoted))
                        || o.id().equals(ObjectId.of(ObjectKind.DOMAIN, unquoted)))
                .findFirst()
                .orElse(null);
    }

    private static Set<Family> standard(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "int", "tinyint" -> EnumSet.of(Family.INTEGER);
            case "boolean", "bool" -> EnumSet.of(Family.BOOLEAN);
            case "real", "double precision", "double", "float" -> EnumSet.of(Family.REAL);
            case "numeric", "decimal", "money" -> EnumSet.of(Family.DECIMAL);
            case "text",
                    "character varying",
                    "varchar",
                    "character",
                    "char",
                    "\"char\"",
                    "bpchar",
                    "citext",
                    "name",
                    "character large object" -> EnumSet.of(Family.TEXT);
            case "bytea", "blob", "binary", "varbinary", "binary varying", "binary large object" ->
                EnumSet.of(Family.BINARY);
            case "date" -> EnumSet.of(Family.DATE);
            case "time", "time without time zone", "time with time zone" -> EnumSet.of(Family.TIME);
            case "timestamp", "timestamp without time zone", "datetime" -> EnumSet.of(Family.TIMESTAMP);
            case "timestamp with time zone", "timestamptz" -> EnumSet.of(Family.TIMESTAMP_WITH_ZONE);
            case "uuid" -> EnumSet.of(Family.UUID);
            case "json", "jsonb" -> EnumSet.of(Family.JSON);
            default -> EnumSet.noneOf(Family.class);
        };
    }

    /**
     * Uses the name of a type if it is more specific than the affinity, which SQLite derives from parts of the name.
     */
    private static Set<Family> sqlite(String type) {
        if (type.isEmpty() || type.equals("ANY")) {
            return EnumSet.allOf(Family.class);
        }
        if (type.contains("TIMESTAMP") || type.contains("DATETIME")) {
            return EnumSet.of(Family.TIMESTAMP, Family.TIMESTAMP_WITH_ZONE);
        }
        if (type.contains("INT")) {
            return EnumSet.of(Family.INTEGER, Family.BOOLEAN);
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return EnumSet.of(
                    Family.TEXT,
                    Family.UUID,
                    Family.JSON,
                    Family.DECIMAL,
                    Family.DATE,
                    Family.TIME,
                    Family.TIMESTAMP,
                    Family.TIMESTAMP_WITH_ZONE);
        }
        if (type.contains("BLOB")) {
            return EnumSet.of(Family.BINARY, Family.UUID, Family.JSON);
        }
        if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return EnumSet.of(Family.REAL);
        }
        Set<Family> standard = standard(type.toLowerCase(Locale.ROOT));
        return standard.isEmpty() ? EnumSet.of(Family.INTEGER, Family.REAL, Family.DECIMAL) : standard;
    }

    boolean hasCounterpart() {
        return !families.isEmpty();
    }

    boolean is(Family family) {
        return families.contains(family);
    }

    /** Returns whether both types can have the same meaning. */
    boolean meets(TypeMeaning other) {
        return families.stream().anyMatch(other.families::contains);
    }

    /**
     * Returns whether a SQLite column can store the values of the other type, even if its type does not suggest it.
     */
    boolean holdsLoosely(TypeMeaning other) {
        return meets(other) || (isNumberOrTime() && other.isNumberOrTime());
    }

    private boolean isNumberOrTime() {
        return families.stream()
                .anyMatch(EnumSet.of(
                        Family.INTEGER,
                        Family.BOOLEAN,
                        Family.REAL,
                        Family.DECIMAL,
                        Family.DATE,
                        Family.TIME,
                        Family.TIMESTAMP,
                        Family.TIMESTAMP_WITH_ZONE)::contains);
    }

    /** Returns whether both types state a length or precision, and the values differ. */
    boolean contradictsLengthOf(TypeMeaning other) {
        return !arguments.isEmpty()
                && !other.arguments.isEmpty()
                && (is(Family.TEXT) || is(Family.DECIMAL))
                && meets(other)
                && !arguments.equals(other.arguments);
    }
}
