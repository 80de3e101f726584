package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;
import java.util.Locale;

/** Splits SQL into tokens, one at a time. The subclasses contain the differences between the dialects. */
abstract class SqlLexer {

    /** The line that ends the data of {@code COPY … FROM stdin}. */
    static final String END_OF_DATA = "\\.";

    private final SqlText sql;
    private final String text;
    private int position;
    private int expectedData;

    SqlLexer(SqlText sql) {
        this.sql = sql;
        this.text = sql.text();
    }

    /** Reads one token that begins with {@code first}, and sets the position after it. */
    abstract Token.Kind scan(char first);

    /**
     * Returns the next token, including comments.
     *
     * @throws UnterminatedStatementException if the token is not terminated
     */
    final Token next() {
        while (position < text.length() && isBlank(text.charAt(position))) {
            boolean endsLine = text.charAt(position) == '\n';
            position++;
            if (endsLine && expectedData > 0) {
                return data();
            }
        }
        int start = position;
        if (start == text.length()) {
            if (expectedData > 0) {
                throw withoutEnd(start);
            }
            return new Token(Token.Kind.END, start, start, "");
        }
        Token.Kind kind = scan(text.charAt(start));
        if (expectedData > 0 && text.substring(start, position).indexOf('\n') >= 0) {
            throw UnterminatedStatementException.beforeCopyData(
                    kind == Token.Kind.COMMENT ? "comment" : "string or name", new TextPositions(sql).at(start));
        }
        String word =
                switch (kind) {
                    case WORD -> text.substring(start, position).toUpperCase(Locale.ROOT);
                    case SYMBOL -> text.substring(start, position);
                    default -> "";
                };
        return new Token(kind, start, position, word);
    }

    /** Expects the data of one more statement after this line, after the data that is already expected. */
    final void expectData() {
        expectedData++;
    }

    /** Reads the lines up to {@code \.}. The position must be the beginning of a line. */
    private Token data() {
        int start = position;
        while (true) {
            int newline = text.indexOf('\n', position);
            int lineEnd = newline < 0 ? text.length() : newline;
            int contentEnd = lineEnd > position && text.charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
            boolean last = contentEnd - position == END_OF_DATA.length() && isAt(END_OF_DATA);
            position = contentEnd;
            if (last) {
                expectedData--;
                return new Token(Token.Kind.COPY_DATA, start, contentEnd, "");
            }
            if (newline < 0) {
                throw withoutEnd(start);
            }
            position = newline + 1;
        }
    }

    private UnterminatedStatementException withoutEnd(int start) {
        return unterminated("COPY data (a line " + END_OF_DATA + " is missing)", start);
    }

    /**
     * Moves to an index of the text, from which the next token is read.
     *
     * @param index from 0 to the length of the text
     */
    final void moveTo(int index) {
        position = index;
    }

    final int position() {
        return position;
    }

    /** Returns the character at a distance from the position, or NUL after the end. */
    final char peek(int distance) {
        int index = position + distance;
        return index < text.length() ? text.charAt(index) : '\0';
    }

    final void skip(int characters) {
        position += characters;
    }

    final boolean isAt(String expected) {
        return text.startsWith(expected, position);
    }

    final Token.Kind symbol() {
        position++;
        return Token.Kind.SYMBOL;
    }

    /** Reads a word. The caller has checked its first character. Both dialects allow {@code $} after it. */
    final Token.Kind word() {
        while (isWordPart(peek(0))) {
            position++;
        }
        return Token.Kind.WORD;
    }

    final Token.Kind number() {
        while (peek(0) == '.' || peek(0) == '_' || Character.isLetterOrDigit(peek(0))) {
            position++;
        }
        return Token.Kind.NUMBER;
    }

    /** Reads a quoted token in which a doubled quote stands for one quote. */
    final void quoted(char quote, String what) {
        int start = position;
        position++;
        while (true) {
            skipTo(quote, start, what);
            if (peek(1) != quote) {
                position++;
                return;
            }
            position += 2;
        }
    }

    /** Moves to the next {@code wanted}, which ends the token that begins at {@code start}. */
    final void skipTo(char wanted, int start, String what) {
        position = text.indexOf(wanted, position);
        if (position < 0) {
            throw unterminated(what, start);
        }
    }

    /** Moves to the position after the next {@code wanted}. */
    final void skipBehind(String wanted, int from, int start, String what) {
        int found = text.indexOf(wanted, from);
        if (found < 0) {
            throw unterminated(what, start);
        }
        position = found + wanted.length();
    }

    final boolean isAtEnd() {
        return position >= text.length();
    }

    final UnterminatedStatementException unterminated(String what, int start) {
        return new UnterminatedStatementException(what, new TextPositions(sql).at(start));
    }

    static boolean isWordStart(char c) {
        return c == '_' || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
