package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens of one statement, or of one part of a routine's body. An index outside the list returns an empty token, so
 * that callers can read neighbours without a bounds check.
 *
 * @param tokens the tokens, in the order of the text
 */
record Words(List<SqlToken> tokens) {

    private static final SqlToken NONE = new SqlToken(SqlToken.Kind.OTHER, "");
    private static final Set<String> BODY_CUTS = Set.of("then", "else", "loop", "begin");

    Words {
        tokens = List.copyOf(tokens);
    }

    /** Splits SQL into statements. The body after {@code BEGIN ATOMIC} is split into statements of its own. */
    static List<Words> statements(List<SqlToken> tokens) {
        return cut(tokens, Set.of("atomic"));
    }

    /**
     * Splits a PL/pgSQL body into parts: at semicolons, and at the key words before or after which a statement can
     * begin. An expression with {@code CASE} is also split.
     */
    static List<Words> parts(List<SqlToken> tokens) {
        return cut(tokens, BODY_CUTS);
    }

    private static List<Words> cut(List<SqlToken> tokens, Set<String> after) {
        List<Words> parts = new ArrayList<>();
        List<SqlToken> part = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens) {
            if (token.is("(") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("]")) {
                depth = Math.max(0, depth - 1);
            }
            boolean ends = depth == 0
                    && (token.is(";") || (token.kind() == SqlToken.Kind.WORD && after.contains(token.value())));
            if (!ends) {
                part.add(token);
            } else {
                add(part, parts);
                part = new ArrayList<>();
            }
        }
        add(part, parts);
        return parts;
    }

    private static void add(List<SqlToken> part, List<Words> parts) {
        Words words = new Words(part);
        int start = 0;
        while (words.has(start, "<") && words.has(start + 1, "<")) {
            start += 5; // skips <<label>>
        }
        while (words.has(start, "declare") || words.has(start, "exception", "when")) {
            start++;
        }
        if (start < part.size()) {
            parts.add(new Words(part.subList(start, part.size())));
        }
    }

    int size() {
        return tokens.size();
    }

    SqlToken at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : NONE;
    }

    /** Returns the key word or symbol at an index; empty for any other token. */
    String word(int index) {
        SqlToken token = at(index);
        return token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.SYMBOL ? token.value() : "";
    }

    boolean has(int index, String... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (!at(index + i).is(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the index of the first of several words at or after an index and outside parentheses, or -1. */
    int find(int from, String... words) {
        int depth = 0;
        for (int i = from; i < size(); i++) {
            if (at(i).is("(") || at(i).is("[")) {
                depth++;
            } else if (at(i).is(")") || at(i).is("]")) {
                depth--;
            } else if (depth == 0) {
                for (String word : words) {
                    if (at(i).is(word)) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    /** Returns the index after the parenthesis that closes the one at an index, or the end if none closes it. */
    int behindParenthesis(int open) {
        int depth = 0;
        for (int i = open; i < size(); i++) {
            if (at(i).is("(") || at(i).is("[")) {
                depth++;
            } else if ((at(i).is(")") || at(i).is("]")) && --depth == 0) {
                return i + 1;
            }
        }
        return size();
    }

    /** Returns the parts between the commas outside parentheses. */
    List<Words> arguments() {
        List<Words> arguments = new ArrayList<>();
        int start = 0;
        while (start < size()) {
            int comma = find(start, ",");
            int end = comma < 0 ? size() : comma;
            arguments.add(sub(start, end));
            start = end + 1;
        }
        return arguments;
    }

    Words sub(int start, int end) {
        return new Words(tokens.subList(Math.min(start, end), Math.min(end, size())));
    }

    /** Formats a range of words for a message. Names and literals are quoted, and long literals are shortened. */
    String shown(int start, int end) {
        return tokens.subList(Math.max(0, start), Math.min(end, size())).stream()
                .map(token -> switch (token.kind()) {
                    case STRING ->
                        "'" + (token.value().length() > 40 ? token.value().substring(0, 40) + "…" : token.value())
                                + "'";
                    case NAME -> "\"" + token.value() + "\"";
                    default -> token.value();
                })
                .collect(Collectors.joining(" "))
                .replace(" . ", ".")
                .replace(" ( ", "(");
    }

    /** Formats a range of words like {@link #shown}, in upper case. */
    String upper(int start, int end) {
        return shown(start, end).toUpperCase(Locale.ROOT);
    }
}
