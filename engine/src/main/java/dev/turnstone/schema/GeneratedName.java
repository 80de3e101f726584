package dev.turnstone.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that PostgreSQL chooses where the author chose none.
 *
 * <p>The rule is {@code ChooseIndexName} and {@code ChooseConstraintName} of PostgreSQL: table, columns and a word for
 * the kind, joined by underscores, with a number behind where that name is taken, cut to the length of a name.
 */
public final class GeneratedName {

    private static final Map<ObjectKind, String> ENDINGS = Map.of(
            ObjectKind.PRIMARY_KEY, "pkey",
            ObjectKind.UNIQUE, "key",
            ObjectKind.FOREIGN_KEY, "fkey",
            ObjectKind.CHECK, "check",
            ObjectKind.EXCLUSION, "excl",
            ObjectKind.INDEX, "idx",
            ObjectKind.SEQUENCE, "seq");

    /** In bytes of UTF-8: PostgreSQL's NAMEDATALEN without its end. */
    private static final int LONGEST = 63;

    private GeneratedName() {}

    /** Whether a constraint has the name that the server would have chosen for it. */
    static boolean isConstraint(ObjectKind kind, String table, List<String> columns, String name) {
        return kind == ObjectKind.PRIMARY_KEY
                ? matches(kind, table, List.of(), name)
                : matches(kind, table, columns, name);
    }

    /**
     * Whether {@code name} has the form that the server chooses.
     *
     * @param kind an index, a sequence or a constraint; other kinds never have a chosen name
     * @param table the table's name
     * @param columns the columns in order; empty where the name holds none
     */
    public static boolean matches(ObjectKind kind, String table, List<String> columns, String name) {
        String ending = ENDINGS.get(kind);
        if (ending == null) {
            return false;
        }
        String bare = withoutNumber(name);
        if (!bare.endsWith("_" + ending)) {
            return false;
        }
        String label = ending + name.substring(bare.length());
        return name.equals(chosen(table, addition(columns), label))
                || (kind == ObjectKind.CHECK && name.equals(chosen(table, "", label)));
    }

    /** Columns beyond the length of a name are not looked at, as {@code ChooseIndexNameAddition} does it. */
    private static String addition(List<String> columns) {
        StringBuilder joined = new StringBuilder();
        for (String column : columns) {
            if (bytes(joined.toString()) > LONGEST) {
                break;
            }
            joined.append(joined.length() == 0 ? "" : "_").append(column);
        }
        return joined.toString();
    }

    /** {@code makeObjectName}: the longer of table and columns is cut first, and the label never. */
    private static String chosen(String table, String columns, String label) {
        int room = LONGEST - bytes(label) - 1 - (columns.isEmpty() ? 0 : 1);
        int ofTable = bytes(table);
        int ofColumns = bytes(columns);
        while (ofTable + ofColumns > room) {
            if (ofTable > ofColumns) {
                ofTable--;
            } else {
                ofColumns--;
            }
        }
        return cut(table, ofTable) + (columns.isEmpty() ? "" : "_" + cut(columns, ofColumns)) + "_" + label;
    }

    /** The longest beginning of whole characters that fits. */
    private static String cut(String text, int length) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            used += bytes(text.substring(end, next));
            if (used > length) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String withoutNumber(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
            end--;
        }
        return name.substring(0, end);
    }

    /**
     * Whether a name ends as the server's names for this kind do; a table that was renamed keeps such names of its old
     * one.
     */
    static boolean endsAsGenerated(ObjectKind kind, String name) {
        @Nullable String ending = ENDINGS.get(kind);
        return ending != null && withoutNumber(name).endsWith("_" + ending);
    }
}
