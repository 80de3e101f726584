package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Formats SQL so that white space, comments, letter case and the choice of quotes make no difference.
 *
 * <p>String literals stay unchanged. SQLite treats a double-quoted token as a string if no name matches. Such a token
 * is formatted as a string, as SQLite does when it rewrites a definition for ALTER TABLE.
 */
final class CanonicalSql {

    private static final Set<String> NAME_FOLLOWS =
            Set.of("as", "collate", "from", "into", "join", "table", "update", "using", "with");

    private static final Set<String> KEYWORDS_WITH_VALUE =
            Set.of("current_date", "current_time", "current_timestamp", "end", "false", "null", "true");

    /** Names that many texts share. */
    private final Set<String> names;

    /** Names that one text defines itself. They are separate because there are many shared names. */
    private final Set<String> ownNames;

    private CanonicalSql(Set<String> names, Set<String> ownNames) {
        this.names = names;
        this.ownNames = ownNames;
    }

    /**
     * Returns a formatter for SQL that can refer to these names.
     *
     * @param names the names, folded
     */
    static CanonicalSql knowing(Set<String> names) {
        return new CanonicalSql(names, Set.of());
    }

    /**
     * Returns a formatter that also knows the names that a text defines itself: aliases and common table expressions.
     */
    CanonicalSql andNamesIn(List<SqlToken> tokens) {
        Set<String> own = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(tokens, i)) {
                own.add(Identifier.folded(tokens.get(i).unquoted()));
            }
        }
        return new CanonicalSql(names, own);
    }

    String of(List<SqlToken> tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0 && isSpaceBetween(tokens, i - 1)) {
                text.append(' ');
            }
            text.append(spelled(tokens, i));
        }
        return text.toString();
    }

    /** Returns the canonical form of an expression, without parentheses around the whole. */
    String ofExpression(List<SqlToken> tokens) {
        return of(withoutOuterParentheses(tokens));
    }

    /**
     * Returns the canonical form of a column's default.
     *
     * @param sql as the catalog contains it
     */
    static String ofDefault(String sql) {
        List<SqlToken> tokens = withoutOuterParentheses(Tokenizer.tokens(sql));
        if (tokens.size() == 1 && tokens.get(0).kind() == Kind.WORD) {
            String word = Identifier.folded(tokens.get(0).text());
            // SQLite treats any other word as a string.
            return KEYWORDS_WITH_VALUE.contains(word) && !word.equals("end")
                    ? word
                    : string(tokens.get(0).text());
        }
        if (tokens.size() == 1 && tokens.get(0).kind() == Kind.QUOTED) {
            return string(tokens.get(0).unquoted());
        }
        return knowing(Set.of()).of(tokens);
    }

    /** Returns whether the token at an index is a name. */
    boolean isName(List<SqlToken> tokens, int index) {
        SqlToken token = tokens.get(index);
        if (token.kind() == Kind.QUOTED) {
            return true;
        }
        if (token.kind() == Kind.WORD) {
            return !Identifier.isReserved(token.text());
        }
        if (token.kind() != Kind.DOUBLE_QUOTED) {
            return false;
        }
        String name = Identifier.folded(token.unquoted());
        if (names.contains(name) || ownNames.contains(name)) {
            return true;
        }
        if (isAt(tokens, index + 1, ".") || isAt(tokens, index + 1, "(")) {
            return true;
        }
        if (isAt(tokens, index + 1, "as") && isAt(tokens, index + 2, "(")) {
            return true;
        }
        if (index == 0) {
            return false;
        }
        SqlToken before = tokens.get(index - 1);
        return before.is(".") || isAnyOf(before, NAME_FOLLOWS) || endsOperand(before);
    }

    private static boolean isAt(List<SqlToken> tokens, int index, String expected) {
        return index < tokens.size() && tokens.get(index).is(expected);
    }

    /** Two operands never follow each other: a token after an operand without an operator is an alias. */
    private static boolean endsOperand(SqlToken token) {
        return switch (token.kind()) {
            case SYMBOL -> token.is(")");
            case WORD -> !Identifier.isKeyword(token.text()) || isAnyOf(token, KEYWORDS_WITH_VALUE);
            default -> true;
        };
    }

    private static boolean isAnyOf(SqlToken token, Set<String> words) {
        return token.kind() == Kind.WORD && words.contains(Identifier.folded(token.text()));
    }

    private String spelled(List<SqlToken> tokens, int index) {
        SqlToken token = tokens.get(index);
        return switch (token.kind()) {
            case STRING, SYMBOL -> token.text();
            case DOUBLE_QUOTED ->
                isName(tokens, index)
                        ? Identifier.quotedIfNeeded(Identifier.folded(token.unquoted()))
                        : string(token.unquoted());
            case QUOTED -> Identifier.quotedIfNeeded(Identifier.folded(token.unquoted()));
            case WORD, BLOB, NUMBER -> Identifier.folded(token.text());
        };
    }

    /** Returns the text of the tokens with the white space of canonical SQL between them. */
    static String spacedEvenly(List<SqlToken> tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            text.append(i > 0 && isSpaceBetween(tokens, i - 1) ? " " : "")
                    .append(tokens.get(i).text());
        }
        return text.toString();
    }

    private static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static boolean isSpaceBetween(List<SqlToken> tokens, int index) {
        SqlToken left = tokens.get(index);
        SqlToken right = tokens.get(index + 1);
        if (right.is(",") || right.is(")") || right.is(";") || right.is(".") || left.is("(") || left.is(".")) {
            return false;
        }
        if (right.is("(")) {
            return left.kind() == Kind.SYMBOL || (left.kind() == Kind.WORD && Identifier.isReserved(left.text()));
        }
        boolean sign = left.is("-") || left.is("+");
        boolean unary = sign && (index == 0 || !endsOperand(tokens.get(index - 1)));
        return !unary || right.is("-") || right.is("+");
    }

    /** Without the pairs of parentheses that hold all, as far as they are no row value. */
    static List<SqlToken> withoutOuterParentheses(List<SqlToken> tokens) {
        int[] closing = new int[tokens.size()];
        BitSet rows = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.is("(")) {
                open.push(i);
            } else if (token.is(")") && !open.isEmpty()) {
                closing[open.pop()] = i;
            } else if (token.is(",") && !open.isEmpty()) {
                rows.set(open.peek());
            }
        }
        int first = 0;
        int last = tokens.size() - 1;
        while (last - first >= 2 && closing[first] == last && !rows.get(first)) {
            first++;
            last--;
        }
        return tokens.subList(first, last + 1);
    }
}
