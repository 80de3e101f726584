package dev.turnstone.dialect.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Reads the tokens of one definition from front to back. */
final class Tokens {

    private final String object;
    private final List<Token> tokens;
    private int next;

    private Tokens(String object, List<Token> tokens) {
        this.object = object;
        this.tokens = tokens;
    }

    /**
     * The tokens of a stored definition.
     *
     * @param object kind and name of what is defined, for messages
     * @param sql the definition
     */
    static Tokens of(String object, String sql) {
        try {
            return new Tokens(object, Tokenizer.tokens(sql));
        } catch (IllegalArgumentException e) {
            throw new UnreadableDefinitionException(object, "a quote has no end");
        }
    }

    /** Some of these tokens, to be read on their own. */
    Tokens within(List<Token> part) {
        return new Tokens(object, part);
    }

    /** All tokens, those already read too. */
    List<Token> all() {
        return tokens;
    }

    boolean atEnd() {
        return next >= tokens.size();
    }

    /** Whether these words or symbols come next. */
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

    /** Goes past these words or symbols where they come next. */
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

    Token take() {
        if (atEnd()) {
            throw unexpected("more");
        }
        return tokens.get(next++);
    }

    /** Takes a name, unquoted. */
    String name() {
        if (atEnd() || !tokens.get(next).canBeName()) {
            throw unexpected("a name");
        }
        return take().unquoted();
    }

    /** Takes a name that may have its schema before it, and returns the name alone. */
    String nameInSchema() {
        String name = name();
        return accept(".") ? name() : name;
    }

    /** Takes {@code ( … )} and returns what is inside. */
    List<Token> parenthesised() {
        expect("(");
        int start = next;
        int depth = 1;
        while (depth > 0) {
            Token token = take();
            if (token.is("(")) {
                depth++;
            } else if (token.is(")")) {
                depth--;
            }
        }
        return tokens.subList(start, next - 1);
    }

    /** Takes {@code (a, b)} and returns the names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (List<Token> part : parts(parenthesised())) {
            names.add(within(part).name());
        }
        return names;
    }

    /** Takes all up to a word or symbol outside parentheses; that word stays. Takes all where it does not come. */
    List<Token> upTo(String word) {
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

    List<Token> rest() {
        List<Token> rest = tokens.subList(next, tokens.size());
        next = tokens.size();
        return rest;
    }

    /** Cuts at the commas that are not inside parentheses. */
    static List<List<Token>> parts(List<Token> list) {
        List<List<Token>> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.size(); i++) {
            Token token = list.get(i);
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

    /** An expression of one table without the table's name before columns: it can mean no other there. */
    static List<Token> withoutQualifier(List<Token> expression, String table) {
        List<Token> without = new ArrayList<>();
        for (int i = 0; i < expression.size(); i++) {
            Token token = expression.get(i);
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
