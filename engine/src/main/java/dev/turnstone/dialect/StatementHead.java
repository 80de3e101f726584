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

    private final StringBuilder normalized = new StringBuilder();
    private int tokens;

    void add(Token token) {
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
