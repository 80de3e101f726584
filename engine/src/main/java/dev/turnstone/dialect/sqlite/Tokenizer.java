package dev.turnstone.dialect.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits SQL into tokens, without white space and comments. */
final class Tokenizer {

    private static final Set<String> LONG_SYMBOLS = Set.of("||", "->", "->>", "<<", ">>", "<=", ">=", "==", "!=", "<>");

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int position;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    /**
     * Returns the tokens of {@code sql}.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<SqlToken> tokens(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        while (tokenizer.position < sql.length()) {
            tokenizer.next();
        }
        return List.copyOf(tokenizer.tokens);
    }

    private void next() {
        char c = sql.charAt(position);
        if (Character.isWhitespace(c) || c == '\0' || c == '\uFEFF') {
            position++;
        } else if (sql.startsWith("--", position)) {
            int end = sql.indexOf('\n', position);
            position = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", position)) {
            int end = sql.indexOf("*/", position + 2);
            position = end < 0 ? sql.length() : end + 2;
        } else if (c == '\'') {
            quoted(SqlToken.Kind.STRING, position, '\'');
        } else if (c == '"') {
            quoted(SqlToken.Kind.DOUBLE_QUOTED, position, '"');
        } else if (c == '`') {
            quoted(SqlToken.Kind.QUOTED, position, '`');
        } else if (c == '[') {
            take(SqlToken.Kind.QUOTED, endOf(']', position) + 1);
        } else if ((c == 'x' || c == 'X') && charAt(position + 1) == '\'') {
            take(SqlToken.Kind.BLOB, endOf('\'', position + 1) + 1);
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(position + 1)))) {
            number();
        } else if (isWordPart(c)) {
            int end = position;
            while (isWordPart(charAt(end))) {
                end++;
            }
            take(SqlToken.Kind.WORD, end);
        } else {
            symbol();
        }
    }

    private void quoted(SqlToken.Kind kind, int start, char quote) {
        int end = endOf(quote, start);
        while (charAt(end + 1) == quote) {
            end = endOf(quote, end + 1);
        }
        take(kind, end + 1);
    }

    private int endOf(char quote, int start) {
        int end = sql.indexOf(quote, start + 1);
        if (end < 0) {
            throw new IllegalArgumentException("The quote at character " + (start + 1) + " is not closed: " + sql);
        }
        return end;
    }

    private void number() {
        int end = position;
        boolean hexadecimal = sql.regionMatches(true, position, "0x", 0, 2);
        while (isWordPart(charAt(end)) || charAt(end) == '.' || isExponentSign(end, hexadecimal)) {
            end++;
        }
        take(SqlToken.Kind.NUMBER, end);
    }

    private boolean isExponentSign(int at, boolean hexadecimal) {
        char before = Character.toLowerCase(charAt(at - 1));
        return !hexadecimal && before == 'e' && (charAt(at) == '+' || charAt(at) == '-') && isDigit(charAt(at + 1));
    }

    private void symbol() {
        int length = 1;
        for (int longer = 2; longer <= 3 && position + longer <= sql.length(); longer++) {
            if (LONG_SYMBOLS.contains(sql.substring(position, position + longer))) {
                length = longer;
            }
        }
        take(SqlToken.Kind.SYMBOL, position + length);
    }

    private void take(SqlToken.Kind kind, int end) {
        tokens.add(new SqlToken(kind, sql.substring(position, end)));
        position = end;
    }

    /** Returns the character at an index, or NUL after the end. */
    private char charAt(int index) {
        return index >= 0 && index < sql.length() ? sql.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
