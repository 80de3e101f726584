package dev.turnstone.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How names and values stand on the lines of a snapshot file: as they are where that is safe, escaped where not. */
final class Spelling {

    /** Begins a value that runs over the following lines. */
    static final String BLOCK = "|";

    /** Begins a value that is escaped. */
    static final String ESCAPED = "\\";

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_.$-]+");
    private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{L}\\p{N}_.*-]+( [\\p{L}\\p{N}_.*-]+)*+");
    private static final String TOKEN = "\"(?:[^\"\\\\]|\\\\.)*+\"|[\\p{L}\\p{N}_.$-]+";
    private static final Pattern LIST = Pattern.compile("(" + TOKEN + ")(?:, |$)");

    private Spelling() {}

    /** The pattern of a name, plain or quoted. */
    static String token() {
        return TOKEN;
    }

    static String name(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : quoted(name);
    }

    static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : quoted(key);
    }

    static String names(List<String> names) {
        return names.stream().map(Spelling::name).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\\"") + '"';
    }

    /** The name or key that a token spells. */
    static String read(String token) {
        return token.startsWith("\"") ? unescaped(token.substring(1, token.length() - 1)) : token;
    }

    /** The names of a list, or null where it is none. */
    static @Nullable List<String> readNames(String list) {
        List<String> names = new ArrayList<>();
        Matcher matcher = LIST.matcher(list);
        int end = 0;
        while (end < list.length() && matcher.region(end, list.length()).lookingAt()) {
            names.add(read(matcher.group(1)));
            end = matcher.end();
        }
        return end == list.length() ? names : null;
    }

    /** Whether a text can stand on one line as it is. */
    static boolean isPlain(String text) {
        return !text.isEmpty() && !text.startsWith(BLOCK) && isPlainLine(text);
    }

    private static boolean isPlainLine(String text) {
        return !text.startsWith(ESCAPED)
                && text.equals(text.strip())
                && escaped(text).equals(text.replace("\\", "\\\\"));
    }

    /** A value that has no line break. */
    static String value(String text) {
        return isPlain(text) ? text : ESCAPED + escaped(text);
    }

    static String readValue(String spelled) {
        return spelled.startsWith(ESCAPED) ? unescaped(spelled.substring(1)) : spelled;
    }

    /** One line of a value that has line breaks. */
    static String line(String text) {
        if (text.isEmpty()) {
            return BLOCK;
        }
        boolean plain = escaped(text).equals(text.replace("\\", "\\\\"));
        return plain ? BLOCK + " " + text : ESCAPED + " " + escaped(text);
    }

    /** Whether a line, its indentation taken off, is one of a value with line breaks. */
    static boolean isLine(String content) {
        return content.startsWith(BLOCK) || content.startsWith(ESCAPED);
    }

    static String readLine(String content) {
        String text = content.length() < 2 ? "" : content.substring(2);
        return content.startsWith(ESCAPED) ? unescaped(text) : text;
    }

    /** With backslashes doubled, and escaped what editors, version control or character sets change on the way. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lastBlank = c == ' ' && i == text.length() - 1;
            boolean lastTab = c == '\t' && i == text.length() - 1;
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (c == '\\') {
                out.append("\\\\");
            } else if (c == '\n') {
                out.append("\\n");
            } else if (lastBlank
                    || lastTab
                    || (Character.isISOControl(c) && c != '\t')
                    || Character.isSurrogate(c)
                    || c == '\uFEFF') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            if (next == 'n') {
                out.append('\n');
            } else if (next == 'u'
                    && i + 4 < text.length()
                    && text.substring(i + 1, i + 5).matches("[0-9a-f]{4}")) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }
}
