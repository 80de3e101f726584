package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** SQL of an author's that is put into a statement of ours; it cannot reach out of its place. */
final class SqlFragment {

    private static final Set<String> CONSTANTS =
            Set.of("null", "true", "false", "current_date", "current_time", "current_timestamp");

    private SqlFragment() {}

    /** An expression, to be put in parentheses. */
    static String expression(String sql) {
        return CanonicalSql.spacedEvenly(checked(sql, "expression"));
    }

    /** An expression behind DEFAULT: in parentheses, where it is not a constant. */
    static String defaultValue(String sql) {
        List<Token> tokens = checked(sql, "default");
        String text = CanonicalSql.spacedEvenly(tokens);
        return isConstant(tokens) ? text : "(" + text + ")";
    }

    /** Whether ALTER TABLE takes this default: a constant, and not the present time. */
    static boolean isConstantForAlter(String sql) {
        List<Token> tokens = CanonicalSql.withoutOuterParentheses(checked(sql, "default"));
        return isConstant(tokens) && !Identifier.folded(tokens.get(0).text()).startsWith("current_");
    }

    private static boolean isConstant(List<Token> tokens) {
        boolean signed =
                tokens.size() == 2 && (tokens.get(0).is("-") || tokens.get(0).is("+"));
        if (tokens.size() != 1 && !signed) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        return switch (last.kind()) {
            case NUMBER -> true;
            case STRING, BLOB -> !signed;
            case WORD -> !signed && CONSTANTS.contains(Identifier.folded(last.text()));
            default -> false;
        };
    }

    /** The name of a type: words, and behind them at most numbers in parentheses. */
    static String type(String sql) {
        if (sql.isBlank()) {
            return "";
        }
        List<Token> tokens = checked(sql, "type");
        int depth = 0;
        for (Token token : tokens) {
            depth += token.is("(") ? 1 : 0;
            boolean fits = depth > 0
                    ? token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.SYMBOL
                    : token.canBeName() && !(token.kind() == Token.Kind.WORD && Identifier.isReserved(token.text()));
            if (!fits) {
                throw invalid("type", sql, "\"" + token.text() + "\" is no part of a type's name");
            }
            depth -= token.is(")") ? 1 : 0;
        }
        return CanonicalSql.spacedEvenly(tokens);
    }

    /** What follows the column in a key of an index: collation, direction. */
    static String keySuffix(String sql) {
        List<Token> tokens = checked(sql, "ordering");
        if (Tokens.parts(tokens).size() > 1) {
            throw invalid("ordering", sql, "it holds a comma");
        }
        return CanonicalSql.spacedEvenly(tokens);
    }

    /** A word out of a fixed list, such as an action of a foreign key. */
    static String oneOf(Set<String> allowed, String what, String value) {
        String folded = Identifier.folded(value).strip();
        if (!allowed.contains(folded)) {
            throw invalid(
                    what,
                    value,
                    "it is none of "
                            + String.join(", ", allowed.stream().sorted().toList()));
        }
        return folded.toUpperCase(Locale.ROOT);
    }

    private static List<Token> checked(String sql, String what) {
        List<Token> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (IllegalArgumentException e) {
            throw invalid(what, sql, "a quote has no end");
        }
        int depth = 0;
        for (Token token : tokens) {
            if (token.is("(")) {
                depth++;
            } else if (token.is(")") && --depth < 0) {
                throw invalid(what, sql, "a parenthesis is closed that was not opened");
            } else if (token.is(";")) {
                throw invalid(what, sql, "it holds a semicolon");
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
