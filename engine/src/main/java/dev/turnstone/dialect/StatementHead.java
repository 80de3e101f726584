package dev.turnstone.dialect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The beginning of a statement in one spelling, so that patterns can tell its kind: words in upper case, a space behind
 * each token, {@code ""} for any quoted identifier, {@code ''} for any string, {@code 0} for any number, no comments.
 */
final class StatementHead {

    /** Enough for the longest statement whose kind matters; rows of values need not be kept. */
    private static final int MOST_TOKENS = 64;

    private final StringBuilder spelling = new StringBuilder();
    private int tokens;

    void add(Token token) {
        if (tokens < MOST_TOKENS) {
            tokens++;
            spelling.append(
                    switch (token.kind()) {
                        case QUOTED_IDENTIFIER -> "\"\"";
                        case STRING -> "''";
                        case NUMBER -> "0";
                        default -> token.word();
                    });
            spelling.append(' ');
        }
    }

    boolean isEmpty() {
        return tokens == 0;
    }

    boolean startsWith(Pattern pattern) {
        return pattern.matcher(spelling).lookingAt();
    }

    boolean startsWithAny(List<Pattern> patterns) {
        return patterns.stream().anyMatch(this::startsWith);
    }

    /** The patterns of those spellings; {@code $} is the end of the statement. */
    static List<Pattern> patterns(String... spellings) {
        return List.of(spellings).stream().map(Pattern::compile).toList();
    }

    @Override
    public String toString() {
        return spelling.toString();
    }
}
