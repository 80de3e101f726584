package dev.turnstone.dialect.sqlite;

/**
 * The smallest meaningful piece of SQL.
 *
 * @param kind what it is
 * @param text as it is written, quotes included
 */
record Token(Kind kind, String text) {

    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in brackets or backticks. */
        QUOTED,
        /** In double quotes: a name, or a string where there is no such name. */
        DOUBLE_QUOTED,
        /** In single quotes: a string, or a name where only a name can stand. */
        STRING,
        BLOB,
        NUMBER,
        SYMBOL
    }

    /**
     * Whether this is that keyword or symbol.
     *
     * @param expected a symbol, or a word in lower case
     */
    boolean is(String expected) {
        return switch (kind) {
            case WORD ->
                text.length() == expected.length() && Identifier.folded(text).equals(expected);
            case SYMBOL -> text.equals(expected);
            default -> false;
        };
    }

    /** Whether a name can be meant by it. */
    boolean canBeName() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.DOUBLE_QUOTED || kind == Kind.STRING;
    }

    /** What stands between the quotes, doubled quotes made single; the text where there are no quotes. */
    String unquoted() {
        return switch (kind) {
            case QUOTED, DOUBLE_QUOTED, STRING -> {
                String inner = text.substring(1, text.length() - 1);
                String quote = text.substring(0, 1);
                yield quote.equals("[") ? inner : inner.replace(quote + quote, quote);
            }
            default -> text;
        };
    }
}
