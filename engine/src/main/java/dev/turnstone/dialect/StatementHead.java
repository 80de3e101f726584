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

    /** How much of {@code COPY … FROM STDIN} the tokens so far make. */
    private enum Copy {
        NONE,
        COPY,
        FROM,
        FROM_STDIN
    }

    private final StringBuilder spelling = new StringBuilder();
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
