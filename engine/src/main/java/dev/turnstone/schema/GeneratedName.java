package dev.turnstone.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that PostgreSQL chooses where the author chose none.
 *
 * <p>The rule is {@code ChooseIndexName} and {@code ChooseConstraintName} of PostgreSQL: table, columns and a word for
 * the kind, joined by underscores, with a number behind where that name is taken.
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
        String stem = columns.isEmpty() ? table : table + "_" + String.join("_", columns);
        String bare = withoutNumber(name);
        return bare.equals(stem + "_" + ending) || (kind == ObjectKind.CHECK && bare.equals(table + "_check"));
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
