package dev.turnstone.dialect.sqlite;

/**
 * A token of SQL.
 *
 * @param kind the kind of token
 * @param text the text as written, with quotes
 */
record SqlToken(Kind kind, String text) {

    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in brackets or backticks. */
        QUOTED,
        /** In double quotes: a name, or a string if there is no such name. */
        DOUBLE_QUOTED,
        /** In single quotes: a string, or a name if the position allows only a name. */
        STRING,
        BLOB,
        NUMBER,
        SYMBOL
    }

    /**
     * Returns whether this is that keyword or symbol.
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

    /** Returns whether the token can be a name. */
    boolean canBeName() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.DOUBLE_QUOTED || kind == Kind.STRING;
    }

    /** Returns the text between the quotes, with doubled quotes made single, or the whole text if it has no quotes. */
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
