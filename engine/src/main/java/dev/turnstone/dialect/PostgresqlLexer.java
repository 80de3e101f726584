package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;

/** The lexer for PostgreSQL with {@code standard_conforming_strings} on. */
final class PostgresqlLexer extends SqlLexer {

    private static final String STRING = "string";

    PostgresqlLexer(SqlText sql) {
        super(sql);
    }

    @Override
    Token.Kind scan(char first) {
        if (first == '\\') {
            skipLine();
            return Token.Kind.PSQL_COMMAND;
        }
        if (isAt("--")) {
            skipLine();
            return Token.Kind.COMMENT;
        }
        if (isAt("/*")) {
            nestedComment();
            return Token.Kind.COMMENT;
        }
        if (first == '\'') {
            quoted('\'', STRING);
            return Token.Kind.STRING;
        }
        if (first == '"') {
            quoted('"', "quoted identifier");
            return Token.Kind.QUOTED_IDENTIFIER;
        }
        if (first == '$') {
            return dollar();
        }
        if ((first == 'e' || first == 'E') && peek(1) == '\'') {
            escapeString();
            return Token.Kind.STRING;
        }
        if (isWordStart(first)) {
            return word();
        }
        return isDigit(first) ? number() : symbol();
    }

    private void skipLine() {
        while (!isAtEnd() && peek(0) != '\n' && peek(0) != '\r') {
            skip(1);
        }
    }

    private void nestedComment() {
        int start = position();
        skip(2);
        for (int depth = 1; depth > 0; ) {
            if (isAtEnd()) {
                throw unterminated("comment", start);
            }
            if (isAt("/*")) {
                depth++;
                skip(2);
            } else if (isAt("*/")) {
                depth--;
                skip(2);
            } else {
                skip(1);
            }
        }
    }

    private void escapeString() {
        int start = position();
        skip(1);
        do {
            skip(1);
            while (peek(0) != '\'' || isAtEnd()) {
                if (isAtEnd()) {
                    throw unterminated(STRING, start);
                }
                skip(peek(0) == '\\' && peek(1) != '\0' ? 2 : 1);
            }
            skip(1);
            // A doubled quote, or a quote on a later line, continues the same string, with the same escapes.
        } while (peek(0) == '\'' || continuesOnLaterLine());
    }

    /** Moves to the quote that continues a string, if any; otherwise keeps the position. */
    private boolean continuesOnLaterLine() {
        int distance = 0;
        boolean newline = false;
        while (true) {
            char c = peek(distance);
            if (c == '\n' || c == '\r') {
                newline = true;
                distance++;
            } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
                distance++;
            } else if (newline && c == '-' && peek(distance + 1) == '-') {
                while (peek(distance) != '\n' && peek(distance) != '\0') {
                    distance++;
                }
            } else {
                break;
            }
        }
        if (newline && peek(distance) == '\'') {
            skip(distance);
            return true;
        }
        return false;
    }

    private Token.Kind dollar() {
        int length = 1;
        if (isWordStart(peek(1))) {
            while (isWordPart(peek(length)) && peek(length) != '$') {
                length++;
            }
        }
        if (peek(length) != '$') {
            return symbol(); // a parameter such as $1
        }
        StringBuilder delimiter = new StringBuilder();
        for (int i = 0; i <= length; i++) {
            delimiter.append(peek(i));
        }
        int start = position();
        skipBehind(delimiter.toString(), start + delimiter.length(), start, "dollar-quoted string " + delimiter);
        return Token.Kind.STRING;
    }
}
