package dev.turnstone.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds passwords in text that other programs wrote, such as the messages of drivers. Stateless and thread-safe. */
public final class Secrets {

    private static final String MASK = "***";

    /** Each alternative begins with a literal, and no two repetitions overlap: matching is linear. */
    private static final Pattern SETTING = Pattern.compile(
            "(pass(?:word|wd|phrase)?|pwd|secret|token)([\"']?\\s*+(?:=|%3D)\\s*+)(\"[^\"]*+\"|'[^']*+'|[^\\s&;,'\")]++)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> SCHEMES = Set.of(
            "jdbc", "postgres", "postgresql", "sqlite", "sqlite3", "mysql", "mariadb", "oracle", "sqlserver", "mssql");

    private Secrets() {}

    /**
     * Replaces text that is probably a password with {@code ***}: the user part of a URL ({@code scheme://user:password@host},
     * {@code user:password@host/database}, {@code oracle:thin:user/password@host}), and the values of settings that are
     * named password, passwd, passphrase, pwd, secret or token.
     *
     * @param text any text
     * @return the text with the passwords replaced; the same text if it contains none
     */
    public static String masked(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int begin = 0;
        while (begin < text.length()) {
            int end = begin;
            while (end < text.length() && !isDelimiter(text.charAt(end))) {
                end++;
            }
            masked.append(withoutUser(text.substring(begin, end)));
            if (end < text.length()) {
                masked.append(text.charAt(end));
            }
            begin = end + 1;
        }
        return SETTING.matcher(masked).replaceAll("$1$2" + MASK);
    }

    private static boolean isDelimiter(char c) {
        return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '`';
    }

    /** Returns a word without the text before its last {@code @} if that text is the user part of a URL. */
    private static String withoutUser(String word) {
        int at = word.lastIndexOf('@');
        if (at < 0) {
            return word;
        }
        String before = word.substring(0, at);
        int slashes = before.indexOf("//");
        if (slashes >= 0) {
            boolean user = before.indexOf(':', slashes) < 0 && before.indexOf('/', slashes + 2) < 0;
            return user ? word : word.substring(0, slashes + 2) + MASK + word.substring(at);
        }
        int colon = before.indexOf(':');
        if (colon < 0) {
            return word;
        }
        boolean scheme = SCHEMES.contains(before.substring(0, colon).toLowerCase(Locale.ROOT));
        String after = word.substring(at + 1);
        boolean host = after.indexOf('/') >= 0 || after.indexOf(':') >= 0 || after.indexOf('.') >= 0;
        return scheme
                ? word.substring(0, colon + 1) + MASK + word.substring(at)
                : host ? MASK + word.substring(at) : word;
    }
}
