package dev.turnstone.dialect;

/**
 * One lexical token of SQL.
 *
 * @param kind the kind of token
 * @param start the index of its first character
 * @param end the index after its last character
 * @param word a word in upper case, or an unchanged symbol; empty for all other kinds
 */
record Token(Kind kind, int start, int end, String word) {

    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        /** One character that is not part of another token, such as {@code ;} or {@code (}. */
        SYMBOL,
        COMMENT,
        /** The lines that {@code COPY … FROM stdin} reads, up to and with {@code \.}. */
        COPY_DATA,
        /** A psql command, up to the end of its line. */
        PSQL_COMMAND,
        /** The end of the text. */
        END
    }

    /** Whether it belongs to a statement or ends one: it is no comment, no data and no command of psql. */
    boolean isPartOfStatement() {
        return switch (kind) {
            case COMMENT, COPY_DATA, PSQL_COMMAND, END -> false;
            default -> true;
        };
    }

    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && word.equals(expected);
    }
}
