package dev.turnstone.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The notation of names and values in a snapshot file: unchanged if that is safe, otherwise escaped. */
final class SnapshotNotation {

    /** Starts a value that continues on the following lines. */
    static final String BLOCK = "|";

    /** Starts an escaped value. */
    static final String ESCAPED = "\\";

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_.$-]+");
    private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{L}\\p{N}_.*-]+( [\\p{L}\\p{N}_.*-]+)*+");
    private static final String TOKEN = "\"(?:[^\"\\\\]|\\\\.)*+\"|[\\p{L}\\p{N}_.$-]+";
    private static final Pattern LIST = Pattern.compile("(" + TOKEN + ")(?:, |$)");

    private SnapshotNotation() {}

    /** Returns the pattern of a plain or quoted name. */
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
        return names.stream().map(SnapshotNotation::name).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\\"") + '"';
    }

    /** Returns the name or key of a token. */
    static String read(String token) {
        return token.startsWith("\"") ? unescaped(token.substring(1, token.length() - 1)) : token;
    }

    /** Returns the names of a list, or null if the text is not a list. */
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

    /** Returns whether a text can be written unchanged on one line. */
    static boolean isPlain(String text) {
        return !text.isEmpty() && !text.startsWith(BLOCK) && isPlainLine(text);
    }

    private static boolean isPlainLine(String text) {
        return !text.startsWith(ESCAPED)
                && text.equals(text.strip())
                && escaped(text).equals(text.replace("\\", "\\\\"));
    }

    /** Formats a value without line breaks. */
    static String value(String text) {
        return isPlain(text) ? text : ESCAPED + escaped(text);
    }

    static String readValue(String formatted) {
        return formatted.startsWith(ESCAPED) ? unescaped(formatted.substring(1)) : formatted;
    }

    /** Formats one line of a value with line breaks. */
    static String line(String text) {
        if (text.isEmpty()) {
            return BLOCK;
        }
        boolean plain = escaped(text).equals(text.replace("\\", "\\\\"));
        return plain ? BLOCK + " " + text : ESCAPED + " " + escaped(text);
    }

    /** Returns whether a line without its indentation belongs to a value with line breaks. */
    static boolean isLine(String content) {
        return content.startsWith(BLOCK) || content.startsWith(ESCAPED);
    }

    static String readLine(String content) {
        String text = content.length() < 2 ? "" : content.substring(2);
        return content.startsWith(ESCAPED) ? unescaped(text) : text;
    }

    /** Doubles backslashes, and escapes the characters that editors, version control or character sets may change. */
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
