package dev.turnstone.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the names that PostgreSQL generates for objects without a name.
 *
 * <p>The rule is that of {@code ChooseIndexName} and {@code ChooseConstraintName} in PostgreSQL: table, columns and a
 * suffix for the kind, joined by underscores, then a number if that name is taken, truncated to the maximum length of a
 * name.
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

    /** The maximum length in UTF-8 bytes: PostgreSQL's NAMEDATALEN without the terminating zero byte. */
    private static final int MAX_BYTES = 63;

    private GeneratedName() {}

    /** Returns whether a constraint has the name that PostgreSQL would generate for it. */
    static boolean isConstraint(ObjectKind kind, String table, List<String> columns, String name) {
        return kind == ObjectKind.PRIMARY_KEY
                ? matches(kind, table, List.of(), name)
                : matches(kind, table, columns, name);
    }

    /**
     * Returns whether {@code name} has the form that PostgreSQL generates.
     *
     * @param kind an index, a sequence or a constraint; the result is false for other kinds
     * @param table the table's name
     * @param columns the columns in order; empty if the name contains none
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
        return name.equals(generated(table, addition(columns), label))
                || (kind == ObjectKind.CHECK && name.equals(generated(table, "", label)));
    }

    /** Joins the columns until the maximum length is exceeded, as {@code ChooseIndexNameAddition} does. */
    private static String addition(List<String> columns) {
        StringBuilder joined = new StringBuilder();
        for (String column : columns) {
            if (bytes(joined.toString()) > MAX_BYTES) {
                break;
            }
            joined.append(joined.length() == 0 ? "" : "_").append(column);
        }
        return joined.toString();
    }

    /**
     * Formats a name as {@code makeObjectName} does: the longer of table and columns is truncated first, the label
     * never.
     */
    private static String generated(String table, String columns, String label) {
        int room = MAX_BYTES - bytes(label) - 1 - (columns.isEmpty() ? 0 : 1);
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

    /** Returns the longest prefix of whole characters that has at most {@code length} bytes. */
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
     * Returns whether a name ends in the suffix that PostgreSQL generates for this kind. The constraints of a renamed
     * table keep names with the table's old name.
     */
    static boolean endsAsGenerated(ObjectKind kind, String name) {
        @Nullable String ending = ENDINGS.get(kind);
        return ending != null && withoutNumber(name).endsWith("_" + ending);
    }
}
