package dev.turnstone.dialect;

/**
 * One lexical piece of SQL.
 *
 * @param kind what it is
 * @param start the index of its first character
 * @param end the index after its last character
 * @param word a word in upper case, or a symbol as it is; empty for all other kinds
 */
record Token(Kind kind, int start, int end, String word) {

    enum Kind {
        /** A key word or a name without quotes. */
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        /** One character that belongs to nothing else, such as {@code ;} or {@code (}. */
        SYMBOL,
        COMMENT,
        /** Nothing is left. */
        END
    }

    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && word.equals(expected);
    }
}
