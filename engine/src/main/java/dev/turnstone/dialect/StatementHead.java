package dev.turnstone.dialect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The start of a statement in a normalized form for matching: words in upper case, a space after each token, {@code ""}
 * for any quoted identifier, {@code ''} for any string, {@code 0} for any number, without comments.
 */
final class StatementHead {

    /**
     * The maximum number of tokens. It covers the longest statement that a pattern must match; the remaining tokens are
     * ignored.
     */
    private static final int MAX_TOKENS = 64;

    /** How much of {@code COPY … FROM STDIN} the tokens so far make. */
    private enum Copy {
        NONE,
        COPY,
        FROM,
        FROM_STDIN
    }

    private final StringBuilder normalized = new StringBuilder();
    private int tokens;
    private Copy copy = Copy.NONE;

    /**
     * Adds the statement's next token.
     *
     * @param outer whether it is in no parentheses
     */
    void add(Token token, boolean outer) {
        if (outer) {
            copy = copyAfter(token);
        }
        if (tokens < MAX_TOKENS) {
            tokens++;
            normalized.append(
                    switch (token.kind()) {
                        case QUOTED_IDENTIFIER -> "\"\"";
                        case STRING -> "''";
                        case NUMBER -> "0";
                        default -> token.word();
                    });
            normalized.append(' ');
        }
    }

    private Copy copyAfter(Token token) {
        return switch (copy) {
            case NONE -> isEmpty() && token.is("COPY") ? Copy.COPY : Copy.NONE;
            case COPY -> token.is("FROM") ? Copy.FROM : Copy.COPY;
            case FROM -> token.is("STDIN") ? Copy.FROM_STDIN : Copy.COPY;
            case FROM_STDIN -> Copy.FROM_STDIN;
        };
    }

    /** Whether it is {@code COPY … FROM STDIN}, however long. */
    boolean copiesFromStdin() {
        return copy == Copy.FROM_STDIN;
    }

    boolean isEmpty() {
        return tokens == 0;
    }

    boolean startsWith(Pattern pattern) {
        return pattern.matcher(normalized).lookingAt();
    }

    boolean startsWithAny(List<Pattern> patterns) {
        return patterns.stream().anyMatch(this::startsWith);
    }

    /** Compiles patterns for the normalized form; {@code $} is the end of the statement. */
    static List<Pattern> patterns(String... spellings) {
        return List.of(spellings).stream().map(Pattern::compile).toList();
    }

    @Override
    public String toString() {
        return normalized.toString();
    }
}
