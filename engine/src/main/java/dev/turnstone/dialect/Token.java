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
        /** The lines that {@code COPY … FROM stdin} reads, up to and with {@code \.}. */
        COPY_DATA,
        /** A command of psql, to the end of its line. */
        PSQL_COMMAND,
        /** Nothing is left. */
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
