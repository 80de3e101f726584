package dev.turnstone.dialect.postgresql.render;

import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ColumnType.ArrayOf;
import dev.turnstone.schema.ColumnType.Name;
import dev.turnstone.schema.ColumnType.Native;
import dev.turnstone.schema.ColumnType.Portable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Renders portable types for PostgreSQL, and maps a type of its catalog to a portable type. */
public final class PostgresTypes {

    /** {@code format_type} writes the arguments before {@code with time zone} or {@code without time zone}. */
    private static final Pattern FORMATTED =
            Pattern.compile("([a-z ]+?)(?:\\(([\\d, ]+)\\))?( with(?:out)? time zone)?");

    private PostgresTypes() {}

    static String render(ColumnType declared) {
        ColumnType type = declared.on("postgresql");
        if (type instanceof Portable portable) {
            String arguments = portable.arguments().isEmpty()
                    ? ""
                    : portable.arguments().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
            return render(portable.name()) + arguments;
        }
        if (type instanceof ArrayOf array) {
            return render(array.element()) + "[]";
        }
        return PostgresFragment.type(((Native) type).spelling());
    }

    private static String render(Name name) {
        return switch (name) {
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case TEXT -> "text";
            case VARCHAR -> "varchar";
            case BINARY -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMP_WITH_ZONE -> "timestamptz";
            case UUID -> "uuid";
            case JSON -> "jsonb";
        };
    }

    /** Returns the portable type that renders as that catalog type, or the type itself if no portable type does. */
    public static ColumnType portable(String formatted) {
        if (formatted.endsWith("[]")) {
            return new ArrayOf(portable(formatted.substring(0, formatted.length() - 2)), new TreeMap<>());
        }
        Matcher type = FORMATTED.matcher(formatted);
        if (!type.matches()) {
            return new Native(formatted);
        }
        String zone = type.group(3) == null ? "" : type.group(3);
        List<Integer> arguments = type.group(2) == null
                ? List.of()
                : Arrays.stream(type.group(2).split(", *", -1))
                        .map(Integer::valueOf)
                        .toList();
        return name(type.group(1) + zone)
                .<ColumnType>map(name -> new Portable(name, arguments, new TreeMap<>()))
                .orElseGet(() -> new Native(formatted));
    }

    private static Optional<Name> name(String catalogs) {
        return Optional.ofNullable(
                switch (catalogs) {
                    case "smallint" -> Name.SMALLINT;
                    case "integer" -> Name.INTEGER;
                    case "bigint" -> Name.BIGINT;
                    case "numeric" -> Name.DECIMAL;
                    case "real" -> Name.REAL;
                    case "double precision" -> Name.DOUBLE;
                    case "boolean" -> Name.BOOLEAN;
                    case "text" -> Name.TEXT;
                    case "character varying" -> Name.VARCHAR;
                    case "bytea" -> Name.BINARY;
                    case "date" -> Name.DATE;
                    case "time without time zone" -> Name.TIME;
                    case "timestamp without time zone" -> Name.TIMESTAMP;
                    case "timestamp with time zone" -> Name.TIMESTAMP_WITH_ZONE;
                    case "uuid" -> Name.UUID;
                    case "jsonb" -> Name.JSON;
                    default -> null;
                });
    }
}
