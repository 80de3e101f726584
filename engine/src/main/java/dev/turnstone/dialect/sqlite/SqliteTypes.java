package dev.turnstone.dialect.sqlite;

import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ColumnType.ArrayOf;
import dev.turnstone.schema.ColumnType.Name;
import dev.turnstone.schema.ColumnType.Native;
import dev.turnstone.schema.ColumnType.Portable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Renders portable types for SQLite.
 *
 * <p>SQLite keeps the declared type as text and derives only an affinity from it. Each portable type has a distinct
 * text, so that it can be recognised in a database, with an affinity that suits its values:
 * <table>
 * <caption>Types</caption>
 * <tr><th>portable</th><th>SQLite</th><th>affinity</th></tr>
 * <tr><td>smallint, integer, bigint</td><td>SMALLINT, INTEGER, BIGINT</td><td>INTEGER</td></tr>
 * <tr><td>decimal(p, s)</td><td>NUMERIC(p, s)</td><td>NUMERIC</td></tr>
 * <tr><td>real, double</td><td>REAL, DOUBLE</td><td>REAL</td></tr>
 * <tr><td>boolean</td><td>BOOLEAN</td><td>NUMERIC</td></tr>
 * <tr><td>text, varchar(n)</td><td>TEXT, VARCHAR(n)</td><td>TEXT</td></tr>
 * <tr><td>binary</td><td>BLOB</td><td>BLOB</td></tr>
 * <tr><td>date, time, timestamp, timestamp with zone</td>
 * <td>DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE</td><td>NUMERIC; texts such as 2026-01-31 stay texts</td></tr>
 * <tr><td>uuid</td><td>CHAR(36)</td><td>TEXT</td></tr>
 * <tr><td>json, array</td><td>JSON</td><td>NUMERIC; a text that is only a number becomes that number</td></tr>
 * </table>
 */
final class SqliteTypes {

    private static final Pattern DECLARED = Pattern.compile("([A-Z ]+)(?:\\(([\\d, ]+)\\))?");

    private SqliteTypes() {}

    static String render(ColumnType type) {
        ColumnType here = type.on("sqlite");
        if (here instanceof ArrayOf) {
            return "JSON";
        }
        return here instanceof Portable portable ? render(portable) : SqlFragment.type(((Native) here).spelling());
    }

    private static String render(Portable type) {
        String arguments = type.arguments().isEmpty()
                ? ""
                : type.arguments().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        return switch (type.name()) {
            case SMALLINT -> "SMALLINT";
            case INTEGER -> "INTEGER";
            case BIGINT -> "BIGINT";
            case DECIMAL -> "NUMERIC" + arguments;
            case REAL -> "REAL";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "TEXT";
            case VARCHAR -> "VARCHAR" + arguments;
            case BINARY -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME" + arguments;
            case TIMESTAMP -> "TIMESTAMP" + arguments;
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP WITH TIME ZONE" + arguments;
            case UUID -> "CHAR(36)";
            case JSON -> "JSON";
        };
    }

    /** Returns the portable type that renders as that text, or the type itself if there is none. */
    static ColumnType portable(String declared) {
        Matcher type = DECLARED.matcher(declared.strip().toUpperCase(Locale.ROOT));
        if (declared.strip().equalsIgnoreCase("CHAR(36)")) {
            return ColumnType.uuid();
        }
        if (type.matches()) {
            List<Integer> arguments = type.group(2) == null
                    ? List.of()
                    : Arrays.stream(type.group(2).split(", *", -1))
                            .map(Integer::valueOf)
                            .toList();
            for (Name name : Name.values()) {
                Portable portable = new Portable(name, arguments, new TreeMap<>());
                if (render(portable).equals(type.group())) {
                    return portable;
                }
            }
        }
        return new Native(declared);
    }

    /** Returns whether a column of that type becomes the rowid, and so numbers its rows, if it is the primary key. */
    static boolean isInteger(ColumnType type) {
        ColumnType here = type.on("sqlite");
        if (here instanceof Portable portable) {
            return switch (portable.name()) {
                case SMALLINT, INTEGER, BIGINT -> true;
                default -> false;
            };
        }
        return here instanceof Native spelled && spelled.spelling().strip().equalsIgnoreCase("integer");
    }
}
