package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;
import java.util.Locale;

/** Cuts SQL into tokens, one at a time. What the dialects share is here; what differs is in the subclasses. */
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

    /** Reads one token that begins with {@code first}, and moves the position behind it. */
    abstract Token.Kind scan(char first);

    /**
     * The next token, comments included.
     *
     * @throws UnterminatedStatementException when it has no end
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

    /** The data of one more statement begin after this line, behind those that are expected already. */
    final void expectData() {
        expectedData++;
    }

    /** Takes the lines up to {@code \.}; the position is the beginning of a line. */
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

    /** The character at that distance from the position, or NUL behind the end. */
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

    /** A word whose first character is known to begin one; both dialects allow {@code $} in its middle. */
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

    /** A quoted piece in which the quote is written twice to mean itself. */
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

    /** Moves to the next {@code wanted}; {@code start} is where the piece begins that ends there. */
    final void skipTo(char wanted, int start, String what) {
        position = text.indexOf(wanted, position);
        if (position < 0) {
            throw unterminated(what, start);
        }
    }

    /** Moves behind the next {@code wanted}. */
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
