package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token of PostgreSQL's SQL, decoded, so that two forms of the same name or text are equal.
 *
 * <pre>{@code
 * SqlToken.ofPostgresql("DROP TABLE U&\"b\\0069lling\" . inv"); // drop, table, billing (a NAME), '.', inv
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind the kind of token
 * @param value a word in lower case, a quoted name without its quotes, the content of a string, a number or a symbol
 */
public record SqlToken(Kind kind, String value) {

    /** The kinds of tokens. Comments are left out. */
    public enum Kind {
        /** A key word or a name without quotes; the value is in lower case. */
        WORD,
        /** A quoted name; the value is the name, with Unicode escapes replaced. */
        NAME,
        /** A string in any of its forms; the value is its content, with escapes replaced. */
        STRING,
        NUMBER,
        /** One character that belongs to no other token. */
        SYMBOL,
        /** Text that is no SQL: data of {@code COPY} or a command of psql. */
        OTHER
    }

    /**
     * Reads SQL as PostgreSQL does with {@code standard_conforming_strings} on. Strings that follow each other are one
     * token, as they are one string for the server.
     *
     * @param sql one or several statements, or the body of a routine
     * @throws UnterminatedStatementException when a quote or comment has no end
     */
    public static List<SqlToken> ofPostgresql(String sql) {
        return new Reading(sql).run();
    }

    /** Whether this is that key word or symbol, written without quotes. */
    public boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && value.equals(expected);
    }

    /** Whether this can be a name: a word or a quoted name. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    private static final class Reading {

        /** Long lists of values have more commas than anything else. */
        private static final SqlToken COMMA = new SqlToken(Kind.SYMBOL, ",");

        private static final int HEXADECIMAL = 16;

        private final String sql;
        private final List<SqlToken> tokens = new ArrayList<>();

        Reading(String sql) {
            this.sql = sql;
        }

        List<SqlToken> run() {
            PostgresqlLexer lexer = new PostgresqlLexer(new SqlText(sql, Location.of("")));
            int end = -1;
            for (Token token = lexer.next(); token.kind() != Token.Kind.END; token = lexer.next()) {
                String text = sql.substring(token.start(), token.end());
                switch (token.kind()) {
                    case COMMENT -> {
                        continue;
                    }
                    case WORD -> add(Kind.WORD, folded(text));
                    case QUOTED_IDENTIFIER -> {
                        boolean unicode = isUnicode(token.start() == end);
                        add(Kind.NAME, unicode ? unescaped(unquoted(text), afterUnicode(token.end())) : unquoted(text));
                    }
                    case STRING -> {
                        boolean unicode = text.startsWith("'") && isUnicode(token.start() == end);
                        String content = content(text);
                        add(Kind.STRING, unicode ? unescaped(content, afterUnicode(token.end())) : content);
                    }
                    case NUMBER -> {
                        int length = numberLength(text);
                        add(Kind.NUMBER, text.substring(0, length));
                        if (length < text.length()) {
                            // 1..array_length(a, 1), or 1FROM before PostgreSQL 15: the rest is not part of the number.
                            lexer.moveTo(token.start() + length);
                        }
                    }
                    case SYMBOL -> add(Kind.SYMBOL, text);
                    default -> add(Kind.OTHER, text);
                }
                end = token.end();
            }
            return List.copyOf(joined());
        }

        private void add(Kind kind, String value) {
            tokens.add(kind == Kind.SYMBOL && value.equals(",") ? COMMA : new SqlToken(kind, value));
        }

        /** Whether {@code U&} stands directly before a quote, and takes it away if it does. */
        private boolean isUnicode(boolean adjacent) {
            int size = tokens.size();
            if (adjacent
                    && size >= 2
                    && tokens.get(size - 1).is("&")
                    && tokens.get(size - 2).equals(new SqlToken(Kind.WORD, "u"))) {
                tokens.subList(size - 2, size).clear();
                return true;
            }
            return false;
        }

        /** The character that a {@code UESCAPE} after this place names, or the usual one. */
        private char afterUnicode(int end) {
            PostgresqlLexer lexer = new PostgresqlLexer(new SqlText(sql, Location.of("")));
            lexer.moveTo(end);
            Token next = nextOf(lexer);
            if (next.is("UESCAPE")) {
                Token escape = nextOf(lexer);
                if (escape.kind() == Token.Kind.STRING && escape.end() - escape.start() >= 3) {
                    return sql.charAt(escape.start() + 1);
                }
            }
            return '\\';
        }

        private static Token nextOf(PostgresqlLexer lexer) {
            Token next = lexer.next();
            while (next.kind() == Token.Kind.COMMENT) {
                next = lexer.next();
            }
            return next;
        }

        private static String folded(String word) {
            StringBuilder folded = new StringBuilder(word.length());
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
            return folded.toString();
        }

        private static String unquoted(String text) {
            return text.substring(1, text.length() - 1).replace("\"\"", "\"");
        }

        private static String content(String text) {
            if (text.startsWith("$")) {
                int delimiter = text.indexOf('$', 1) + 1;
                return text.substring(delimiter, text.length() - delimiter);
            }
            if (text.startsWith("'")) {
                return text.substring(1, text.length() - 1).replace("''", "'");
            }
            return withoutEscapes(text.substring(1));
        }

        /** The content of {@code E'…'}, which may go on in further quotes on later lines. */
        private static String withoutEscapes(String quoted) {
            StringBuilder content = new StringBuilder();
            boolean inside = false;
            for (int i = 0; i < quoted.length(); i++) {
                char c = quoted.charAt(i);
                if (!inside) {
                    inside = c == '\'';
                } else if (c == '\'') {
                    if (i + 1 < quoted.length() && quoted.charAt(i + 1) == '\'') {
                        content.append('\'');
                        i++;
                    } else {
                        inside = false;
                    }
                } else if (c == '\\' && i + 1 < quoted.length()) {
                    i = escape(quoted, i + 1, content);
                } else {
                    content.append(c);
                }
            }
            return content.toString();
        }

        /** Appends what the escape at an index means, and returns the index of its last character. */
        private static int escape(String text, int index, StringBuilder content) {
            char c = text.charAt(index);
            switch (c) {
                case 'n' -> content.append('\n');
                case 't' -> content.append('\t');
                case 'r' -> content.append('\r');
                case 'b' -> content.append('\b');
                case 'f' -> content.append('\f');
                case 'x' -> {
                    return digits(text, index, 2, HEXADECIMAL, content);
                }
                case 'u' -> {
                    return digits(text, index, 4, HEXADECIMAL, content);
                }
                case 'U' -> {
                    return digits(text, index, 8, HEXADECIMAL, content);
                }
                default -> {
                    if (c >= '0' && c <= '7') {
                        return digits(text, index - 1, 3, 8, content);
                    }
                    content.append(c);
                }
            }
            return index;
        }

        private static int digits(String text, int before, int most, int radix, StringBuilder content) {
            int end = before + 1;
            while (end < text.length() && end <= before + most && Character.digit(text.charAt(end), radix) >= 0) {
                end++;
            }
            if (end == before + 1) {
                content.append(text.charAt(before));
                return before;
            }
            appendCodePoint(content, Long.parseLong(text.substring(before + 1, end), radix));
            return end - 1;
        }

        private static void appendCodePoint(StringBuilder content, long codePoint) {
            if (Character.isValidCodePoint((int) codePoint)) {
                content.appendCodePoint((int) codePoint);
            }
        }

        private static String unescaped(String text, char escape) {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != escape || i + 1 == text.length()) {
                    content.append(c);
                } else if (text.charAt(i + 1) == escape) {
                    content.append(escape);
                    i++;
                } else if (text.charAt(i + 1) == '+') {
                    i = digits(text, i + 1, 6, HEXADECIMAL, content);
                } else {
                    i = digits(text, i, 4, HEXADECIMAL, content);
                }
            }
            return content.toString();
        }

        /** How much of what the lexer calls a number is one for the server. */
        private static int numberLength(String text) {
            int end = 0;
            if (text.length() > 2 && text.charAt(0) == '0' && "xXoObB".indexOf(text.charAt(1)) >= 0) {
                end = 2;
                while (end < text.length()
                        && (Character.digit(text.charAt(end), HEXADECIMAL) >= 0 || text.charAt(end) == '_')) {
                    end++;
                }
                return end;
            }
            end = digitsFrom(text, 0);
            if (text.startsWith(".", end) && !text.startsWith("..", end)) {
                end = digitsFrom(text, end + 1);
            }
            if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
                int exponent = digitsFrom(text, end + 1);
                return exponent > end + 1 ? exponent : end;
            }
            return end;
        }

        private static int digitsFrom(String text, int start) {
            int end = start;
            while (end < text.length()
                    && ((text.charAt(end) >= '0' && text.charAt(end) <= '9')
                            || (text.charAt(end) == '_' && end > start))) {
                end++;
            }
            return end;
        }

        /** Strings that follow each other, on several lines, are one. What names an escape character is left out. */
        private List<SqlToken> joined() {
            List<SqlToken> joined = new ArrayList<>();
            StringBuilder string = null;
            for (int i = 0; i < tokens.size(); i++) {
                SqlToken token = tokens.get(i);
                if (token.is("uescape") && i + 1 < tokens.size() && tokens.get(i + 1).kind == Kind.STRING) {
                    i++;
                } else if (token.kind == Kind.STRING) {
                    string = (string == null ? new StringBuilder() : string).append(token.value);
                } else {
                    string = addString(string, joined);
                    joined.add(token);
                }
            }
            addString(string, joined);
            return joined;
        }

        private static @Nullable StringBuilder addString(@Nullable StringBuilder string, List<SqlToken> tokens) {
            if (string != null) {
                tokens.add(new SqlToken(Kind.STRING, string.toString()));
            }
            return null;
        }
    }
}
