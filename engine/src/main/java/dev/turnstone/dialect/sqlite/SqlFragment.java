package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks SQL from an author before it becomes part of a generated statement. The SQL cannot end the clause that
 * contains it.
 */
final class SqlFragment {

    private static final Set<String> CONSTANTS =
            Set.of("null", "true", "false", "current_date", "current_time", "current_timestamp");

    private SqlFragment() {}

    /** Checks an expression that the statement puts in parentheses. */
    static String expression(String sql) {
        return CanonicalSql.spacedEvenly(checked(sql, "expression"));
    }

    /** Renders an expression for DEFAULT, in parentheses unless it is a constant. */
    static String defaultValue(String sql) {
        List<SqlToken> tokens = checked(sql, "default");
        String text = CanonicalSql.spacedEvenly(tokens);
        return isConstant(tokens) ? text : "(" + text + ")";
    }

    /** Returns whether ALTER TABLE accepts this default: a constant other than the current time. */
    static boolean isConstantForAlter(String sql) {
        List<SqlToken> tokens = CanonicalSql.withoutOuterParentheses(checked(sql, "default"));
        return isConstant(tokens) && !Identifier.folded(tokens.get(0).text()).startsWith("current_");
    }

    private static boolean isConstant(List<SqlToken> tokens) {
        boolean signed =
                tokens.size() == 2 && (tokens.get(0).is("-") || tokens.get(0).is("+"));
        if (tokens.size() != 1 && !signed) {
            return false;
        }
        SqlToken last = tokens.get(tokens.size() - 1);
        return switch (last.kind()) {
            case NUMBER -> true;
            case STRING, BLOB -> !signed;
            case WORD -> !signed && CONSTANTS.contains(Identifier.folded(last.text()));
            default -> false;
        };
    }

    /** Checks the name of a type: words, followed at most by numbers in parentheses. */
    static String type(String sql) {
        if (sql.isBlank()) {
            return "";
        }
        List<SqlToken> tokens = checked(sql, "type");
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.is("(") ? 1 : 0;
            boolean fits = depth > 0
                    ? token.kind() == SqlToken.Kind.NUMBER || token.kind() == SqlToken.Kind.SYMBOL
                    : token.canBeName() && !(token.kind() == SqlToken.Kind.WORD && Identifier.isReserved(token.text()));
            if (!fits) {
                throw invalid("type", sql, "\"" + token.text() + "\" is not part of a type name");
            }
            depth -= token.is(")") ? 1 : 0;
        }
        return CanonicalSql.spacedEvenly(tokens);
    }

    /** Checks the collation and direction after the column in a key of an index. */
    static String keySuffix(String sql) {
        List<SqlToken> tokens = checked(sql, "ordering");
        if (TokenReader.parts(tokens).size() > 1) {
            throw invalid("ordering", sql, "it contains a comma");
        }
        return CanonicalSql.spacedEvenly(tokens);
    }

    /** Checks a word from a fixed list, such as an action of a foreign key. */
    static String oneOf(Set<String> allowed, String what, String value) {
        String folded = Identifier.folded(value).strip();
        if (!allowed.contains(folded)) {
            throw invalid(
                    what,
                    value,
                    "it is not one of "
                            + String.join(", ", allowed.stream().sorted().toList()));
        }
        return folded.toUpperCase(Locale.ROOT);
    }

    private static List<SqlToken> checked(String sql, String what) {
        List<SqlToken> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (IllegalArgumentException e) {
            throw invalid(what, sql, "a quote is not closed");
        }
        int depth = 0;
        for (SqlToken token : tokens) {
            if (token.is("(")) {
                depth++;
            } else if (token.is(")") && --depth < 0) {
                throw invalid(what, sql, "a closing parenthesis has no opening one");
            } else if (token.is(";")) {
                throw invalid(what, sql, "it contains a semicolon");
            }
        }
        if (depth > 0) {
            throw invalid(what, sql, "a parenthesis is not closed");
        }
        if (tokens.isEmpty()) {
            throw invalid(what, sql, "it is empty");
        }
        return tokens;
    }

    private static CannotRenderException invalid(String what, String sql, String why) {
        return new CannotRenderException(
                "SQLite", "use the " + what + " \"" + sql + "\": " + why, "Correct it in the migration.");
    }
}
