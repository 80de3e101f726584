package dev.turnstone.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sample texts for columns. */
final class Texts {

    static final String UNICODE = "Žluťoučký O'Brien \\ 100% \"日本語\" 🐎";
    private static final int LONGEST_FILLED = 2_000;
    private static final int UNBOUNDED = 40;

    private Texts() {}

    /**
     * Returns samples for a text column.
     *
     * @param column its name, which often indicates the expected texts
     * @param length the maximum number of characters, or 0 for no limit
     */
    static Samples samples(String column, int length) {
        List<Object> edges = new ArrayList<>();
        edges.add(cut(UNICODE, length));
        edges.add("");
        if (length > 0 && length <= LONGEST_FILLED) {
            edges.add("x".repeat(length));
        }
        List<Object> others = new ArrayList<>();
        for (String other : List.of(
                "a",
                "A",
                "1",
                "0",
                "{}",
                "[]",
                "2024-01-15",
                "2024-01-15T10:00:00Z",
                "12:30:00",
                "reader@example.com",
                "https://example.com/",
                "a-b",
                "a_b",
                "/a",
                "10.0.0.1",
                "true",
                "00000000-0000-4000-8000-000000000001",
                "0".repeat(32),
                "0".repeat(40),
                "0".repeat(64),
                "en",
                "EUR",
                "ab",
                "ABC",
                "abcdef",
                "+15551234567",
                "1.0.0",
                "x".repeat(UNBOUNDED))) {
            if (length == 0 || other.length() <= length) {
                others.add(other);
            }
        }
        return new Samples(n -> fitted(common(column.toLowerCase(Locale.ROOT), n), n, length), edges, others);
    }

    private static String common(String column, int n) {
        if (column.contains("email") || column.contains("mail")) {
            return "reader" + n + "@example.com";
        }
        if (column.contains("url") || column.contains("uri") || column.contains("href")) {
            return "https://example.com/" + n;
        }
        if (column.contains("uuid")) {
            return uuid(n);
        }
        if (column.endsWith("_at") || column.endsWith("date") || column.endsWith("time")) {
            return timestamp(n);
        }
        if (column.contains("json")) {
            return "{\"n\": " + n + "}";
        }
        return (column.isEmpty() ? "text" : column.replaceAll("[^a-z]+", "-")) + "-" + n;
    }

    /** Shortens a text to at most {@code length} characters, so that it still differs for different numbers. */
    private static String fitted(String text, int n, int length) {
        if (length == 0 || text.length() <= length) {
            return text;
        }
        String digits = Integer.toString(n, Character.MAX_RADIX);
        return digits.length() >= length
                ? digits.substring(digits.length() - length)
                : text.substring(0, length - digits.length()) + digits;
    }

    private static String cut(String text, int length) {
        return length == 0 || text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length));
    }

    static String uuid(int n) {
        return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", n);
    }

    static String date(int n) {
        return java.time.LocalDate.of(2024, 1, 15).plusDays(n).toString();
    }

    static String timestamp(int n) {
        return java.time.LocalDateTime.of(2024, 1, 15, 10, 0, 0)
                .plusHours(n)
                .toString()
                .replace('T', ' ')
                .concat(":00");
    }
}
