package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens of one statement, or of one part of a routine's body. Indexes outside it give an empty token, so that
 * neighbours can be asked for without a check.
 */
record Words(List<SqlToken> tokens) {

    private static final SqlToken NONE = new SqlToken(SqlToken.Kind.OTHER, "");
    private static final Set<String> BODY_CUTS = Set.of("then", "else", "loop", "begin");

    Words {
        tokens = List.copyOf(tokens);
    }

    /** The statements of SQL. The body after {@code BEGIN ATOMIC} gives statements of its own. */
    static List<Words> statements(List<SqlToken> tokens) {
        return cut(tokens, Set.of("atomic"));
    }

    /**
     * The parts of a PL/pgSQL body: what stands between semicolons and the key words before which or after which a statement
     * can begin. An expression with {@code CASE} is cut as well.
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
            start += 5; // <<label>>
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

    /** The key word or symbol at an index; empty for anything else. */
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

    /** The index of the first such word outside parentheses at or after an index, or -1. */
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

    /** The index after the parenthesis that closes the one at an index; the end if there is none. */
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

    /** The parts between the commas outside parentheses. */
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

    /** Some words for a message, key words in upper case as is usual. */
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

    /** As {@link #shown}, in upper case. */
    String upper(int start, int end) {
        return shown(start, end).toUpperCase(Locale.ROOT);
    }
}
