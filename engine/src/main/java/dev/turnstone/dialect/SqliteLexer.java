package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;

/** The lexer for SQLite. */
final class SqliteLexer extends SqlLexer {

    SqliteLexer(SqlText sql) {
        super(sql);
    }

    @Override
    Token.Kind scan(char first) {
        if (isAt("--")) {
            while (!isAtEnd() && peek(0) != '\n') {
                skip(1);
            }
            return Token.Kind.COMMENT;
        }
        if (isAt("/*")) {
            // SQLite accepts a comment that ends with the text, but it is probably a mistake.
            skipBehind("*/", position() + 2, position(), "comment");
            return Token.Kind.COMMENT;
        }
        switch (first) {
            case '\'' -> {
                quoted('\'', "string");
                return Token.Kind.STRING;
            }
            case '"', '`' -> {
                quoted(first, "quoted identifier");
                return Token.Kind.QUOTED_IDENTIFIER;
            }
            case '[' -> {
                int start = position();
                skipTo(']', start, "quoted identifier");
                skip(1);
                return Token.Kind.QUOTED_IDENTIFIER;
            }
            default -> {
                if (isWordStart(first)) {
                    return word();
                }
                return isDigit(first) ? number() : symbol();
            }
        }
    }
}
