package dev.turnstone.dialect.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Reads the tokens of one definition from the beginning to the end. */
final class TokenReader {

    private final String object;
    private final List<SqlToken> tokens;
    private int next;

    private TokenReader(String object, List<SqlToken> tokens) {
        this.object = object;
        this.tokens = tokens;
    }

    /**
     * Returns the tokens of a stored definition.
     *
     * @param object kind and name of the object, for messages
     * @param sql the definition
     */
    static TokenReader of(String object, String sql) {
        try {
            return new TokenReader(object, Tokenizer.tokens(sql));
        } catch (IllegalArgumentException e) {
            throw new UnreadableDefinitionException(object, "a quote is not closed");
        }
    }

    /** Returns a reader for a part of these tokens. */
    TokenReader within(List<SqlToken> part) {
        return new TokenReader(object, part);
    }

    /** Returns all tokens, including those already read. */
    List<SqlToken> all() {
        return tokens;
    }

    boolean atEnd() {
        return next >= tokens.size();
    }

    /** Returns whether these words or symbols come next. */
    boolean at(String... expected) {
        if (next + expected.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!tokens.get(next + i).is(expected[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAny(Iterable<String> words) {
        for (String word : words) {
            if (at(word)) {
                return true;
            }
        }
        return false;
    }

    /** Skips these words or symbols if they come next, and returns whether they did. */
    boolean accept(String... expected) {
        if (!at(expected)) {
            return false;
        }
        next += expected.length;
        return true;
    }

    void expect(String... expected) {
        if (!accept(expected)) {
            throw unexpected(String.join(" ", expected));
        }
    }

    SqlToken take() {
        if (atEnd()) {
            throw unexpected("more");
        }
        return tokens.get(next++);
    }

    /** Reads a name, unquoted. */
    String name() {
        if (atEnd() || !tokens.get(next).canBeName()) {
            throw unexpected("a name");
        }
        return take().unquoted();
    }

    /** Reads a name that may have a schema, and returns the name without it. */
    String nameInSchema() {
        String name = name();
        return accept(".") ? name() : name;
    }

    /** Reads {@code ( … )} and returns the tokens inside. */
    List<SqlToken> parenthesised() {
        expect("(");
        int start = next;
        int depth = 1;
        while (depth > 0) {
            SqlToken token = take();
            if (token.is("(")) {
                depth++;
            } else if (token.is(")")) {
                depth--;
            }
        }
        return tokens.subList(start, next - 1);
    }

    /** Reads {@code (a, b)} and returns the names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (List<SqlToken> part : parts(parenthesised())) {
            names.add(within(part).name());
        }
        return names;
    }

    /** Reads up to a word or symbol outside parentheses, which stays unread. Reads all tokens if it does not occur. */
    List<SqlToken> upTo(String word) {
        int start = next;
        while (!atEnd() && !at(word)) {
            if (at("(")) {
                parenthesised();
            } else {
                next++;
            }
        }
        return tokens.subList(start, next);
    }

    List<SqlToken> rest() {
        List<SqlToken> rest = tokens.subList(next, tokens.size());
        next = tokens.size();
        return rest;
    }

    /** Splits at the commas outside parentheses. */
    static List<List<SqlToken>> parts(List<SqlToken> list) {
        List<List<SqlToken>> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.size(); i++) {
            SqlToken token = list.get(i);
            if (token.is("(")) {
                depth++;
            } else if (token.is(")")) {
                depth--;
            } else if (depth == 0 && token.is(",")) {
                parts.add(list.subList(start, i));
                start = i + 1;
            }
        }
        parts.add(list.subList(start, list.size()));
        return parts;
    }

    UnreadableDefinitionException unexpected(String expected) {
        String found = atEnd() ? "the end" : "'" + tokens.get(next).text() + "'";
        return new UnreadableDefinitionException(object, "expected " + expected + ", found " + found);
    }

    /** Removes the table's name before columns in an expression that can refer to one table only. */
    static List<SqlToken> withoutQualifier(List<SqlToken> expression, String table) {
        List<SqlToken> without = new ArrayList<>();
        for (int i = 0; i < expression.size(); i++) {
            SqlToken token = expression.get(i);
            boolean qualifies = i + 1 < expression.size()
                    && expression.get(i + 1).is(".")
                    && token.canBeName()
                    && Identifier.folded(token.unquoted()).equals(Identifier.folded(table));
            if (qualifies) {
                i++;
            } else {
                without.add(token);
            }
        }
        return without;
    }
}
