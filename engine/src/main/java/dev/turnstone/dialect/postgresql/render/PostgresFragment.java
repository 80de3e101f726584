package dev.turnstone.dialect.postgresql.render;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.StatementSplitter;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks SQL from an author before it becomes part of a generated statement. The SQL cannot end the clause that
 * contains it.
 */
final class PostgresFragment {

    private static final Pattern CONSTANT =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+(\\.[0-9]+)?|'(?:[^'\\\\]|'')*+'");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern OPERATOR = Pattern.compile("[-+*/<>=~!@#%^&|`?]+");
    private static final Set<String> NOT_IN_TYPES = Set.of(
            "not",
            "null",
            "default",
            "check",
            "primary",
            "references",
            "unique",
            "constraint",
            "generated",
            "collate",
            "using",
            "as",
            "drop",
            "add");

    private PostgresFragment() {}

    /** Checks an expression or a list that the statement puts in parentheses or at its end. */
    static String expression(String what, String sql) {
        return checked(what, sql, true);
    }

    /** Checks a fragment without top-level commas. */
    static String single(String what, String sql) {
        return checked(what, sql, false);
    }

    /** Renders an expression for DEFAULT, in parentheses unless it is a constant. */
    static String defaultValue(String sql) {
        String text = checked("default", sql, true);
        return CONSTANT.matcher(text).matches() ? text : "(" + text + ")";
    }

    /** Checks the name of a type, with its arguments. */
    static String type(String sql) {
        String text = checked("type", sql, false);
        for (String word : text.toLowerCase(java.util.Locale.ROOT).split("[^a-z_]+", -1)) {
            if (NOT_IN_TYPES.contains(word) && text.indexOf('"') < 0) {
                throw invalid("type", sql, "\"" + word + "\" is not part of a type name");
            }
        }
        return text;
    }

    static String word(String what, String sql) {
        if (!WORD.matcher(sql).matches()) {
            throw invalid(what, sql, "it is not a word");
        }
        return sql;
    }

    static String operator(String sql) {
        if (!OPERATOR.matcher(sql).matches() || sql.contains("--") || sql.contains("/*")) {
            throw invalid("operator", sql, "it is not an operator");
        }
        return sql;
    }

    private static String checked(String what, String sql, boolean commas) {
        StatementSplitter.forPostgresql().whyNoFragment(sql, commas).ifPresent(why -> {
            throw invalid(what, sql, why);
        });
        return sql.strip();
    }

    static CannotRenderException invalid(String what, String sql, String why) {
        return new CannotRenderException(
                "PostgreSQL", "use the " + what + " \"" + sql + "\": " + why, "Correct it in the migration.");
    }
}
