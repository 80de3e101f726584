package dev.turnstone.report;

/**
 * Makes text from outside (names, messages, SQL) safe for a terminal or a page. Control characters could move the
 * cursor, set the title or hide text. They and the characters that change the direction of text are replaced by escapes
 * such as <code>&#92;u001B</code>. Line feeds and tabs are kept. Stateless and thread-safe.
 */
public final class VisibleText {

    private VisibleText() {}

    /**
     * Replaces unsafe characters.
     *
     * @param text any text; a carriage return is kept if a line feed follows it
     * @return the same text if it has no unsafe characters
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHidden(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int first) {
        StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHidden(text, i)) {
                visible.append(String.format("\\u%04X", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    private static boolean isHidden(String text, int index) {
        char c = text.charAt(index);
        if (c < 0x7F) {
            boolean endsLine = c == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n';
            return c < ' ' && c != '\n' && c != '\t' && !endsLine;
        }
        return c <= 0x9F
                || c == 0x061C
                || (c >= 0x200E && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= 0xFFF9 && c <= 0xFFFB);
    }
}
