package dev.turnstone.assertions;

import dev.turnstone.schema.Difference;
import dev.turnstone.schema.Difference.AttributeChange;
import dev.turnstone.schema.Difference.Changed;
import dev.turnstone.schema.SchemaDiff;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats values for failure messages with short lines. */
final class FailureText {

    /** The maximum length of a line. With an indentation of two, it fits a terminal of 100 columns. */
    static final int WIDTH = 96;

    private static final int MAX_VALUE_LENGTH = 78;
    private static final int MAX_INLINE_LENGTH = 30;
    private static final int MAX_LISTED = 20;
    private static final String CONTINUATION_INDENT = "           ";

    private FailureText() {}

    /** Returns names on one line, limited in number. */
    static String names(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? shown + " and " + (names.size() - MAX_LISTED) + " more" : shown;
    }

    /** Returns indented lines, limited in number. */
    static String lines(List<String> lines) {
        Stream<String> shown = lines.stream().limit(MAX_LISTED).map(line -> "  " + line);
        Stream<String> rest = lines.size() > MAX_LISTED
                ? Stream.of("  … and " + (lines.size() - MAX_LISTED) + " more")
                : Stream.empty();
        return Stream.concat(shown, rest).collect(Collectors.joining("\n"));
    }

    static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Returns each difference on one or a few lines. */
    static String differences(SchemaDiff diff) {
        return lines(diff.differences().stream().map(FailureText::difference).toList());
    }

    private static String difference(Difference difference) {
        if (difference instanceof Changed changed) {
            return "~ " + changed.object().id() + "\n"
                    + changed.changes().stream().map(FailureText::change).collect(Collectors.joining("\n"));
        }
        return cut(difference.toString());
    }

    private static String change(AttributeChange change) {
        String expected = value(change.before());
        String found = value(change.after());
        if (expected.length() <= MAX_INLINE_LENGTH
                && found.length() <= MAX_INLINE_LENGTH
                && !(expected + found).contains("\n")) {
            return "      " + change.attribute() + ": expected " + expected + ", but was " + found;
        }
        return "      " + change.attribute() + "\n        expected: " + excerpt(expected, found)
                + "\n        but was:  " + excerpt(found, expected);
    }

    private static String value(@Nullable String value) {
        return value == null ? "none" : value;
    }

    static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    /** Wraps a sentence between words; continuation lines are indented. */
    static String wrap(String sentence) {
        StringBuilder wrapped = new StringBuilder();
        String rest = sentence.strip().replaceAll("\\R\\s*", " ");
        int width = WIDTH;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            wrapped.append(rest, 0, end).append("\n").append(CONTINUATION_INDENT);
            rest = rest.substring(end).strip();
            width = WIDTH - CONTINUATION_INDENT.length();
        }
        return wrapped.append(rest).toString();
    }

    /**
     * Returns a value on one line. Of a long value, only the part around the first difference from the other value is
     * returned.
     */
    static String excerpt(String value, String other) {
        String line = onOneLine(value);
        if (line.length() <= MAX_VALUE_LENGTH) {
            return line;
        }
        String otherLine = onOneLine(other);
        int same = 0;
        while (same < line.length() && same < otherLine.length() && line.charAt(same) == otherLine.charAt(same)) {
            same++;
        }
        int from = same < MAX_VALUE_LENGTH / 2 ? 0 : same - MAX_VALUE_LENGTH / 4;
        int to = Math.min(line.length(), from + MAX_VALUE_LENGTH);
        return (from > 0 ? "…" : "") + line.substring(from, to) + (to < line.length() ? "…" : "");
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
