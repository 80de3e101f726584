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

/** Puts facts into lines that a terminal shows whole. */
final class Wording {

    /** Beside two blanks, what a terminal of 100 columns shows. */
    static final int WIDTH = 96;

    private static final int VALUE = 78;
    private static final int SHORT = 30;
    private static final int MOST = 20;
    private static final String FARTHER_IN = "           ";

    private Wording() {}

    /** Names in one line; a few where there are many. */
    static String names(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(MOST).collect(Collectors.joining(", "));
        return names.size() > MOST ? shown + " and " + (names.size() - MOST) + " more" : shown;
    }

    /** As many lines as one reads. */
    static String lines(List<String> lines) {
        Stream<String> shown = lines.stream().limit(MOST).map(line -> "  " + line);
        Stream<String> rest =
                lines.size() > MOST ? Stream.of("  … and " + (lines.size() - MOST) + " more") : Stream.empty();
        return Stream.concat(shown, rest).collect(Collectors.joining("\n"));
    }

    static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The differences, each in one line or a few. */
    static String differences(SchemaDiff diff) {
        return lines(diff.differences().stream().map(Wording::difference).toList());
    }

    private static String difference(Difference difference) {
        if (difference instanceof Changed changed) {
            return "~ " + changed.object().id() + "\n"
                    + changed.changes().stream().map(Wording::change).collect(Collectors.joining("\n"));
        }
        return cut(difference.toString());
    }

    private static String change(AttributeChange change) {
        String expected = value(change.before());
        String found = value(change.after());
        if (expected.length() <= SHORT && found.length() <= SHORT && !(expected + found).contains("\n")) {
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

    /** A sentence in as many lines as it takes, broken between words; the later ones begin farther in. */
    static String wrap(String sentence) {
        StringBuilder wrapped = new StringBuilder();
        String rest = sentence.strip().replaceAll("\\R\\s*", " ");
        int width = WIDTH;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            wrapped.append(rest, 0, end).append("\n").append(FARTHER_IN);
            rest = rest.substring(end).strip();
            width = WIDTH - FARTHER_IN.length();
        }
        return wrapped.append(rest).toString();
    }

    /** A value in one line: of a long one, the place where it differs from the other. */
    static String excerpt(String value, String other) {
        String line = onOneLine(value);
        if (line.length() <= VALUE) {
            return line;
        }
        String otherLine = onOneLine(other);
        int same = 0;
        while (same < line.length() && same < otherLine.length() && line.charAt(same) == otherLine.charAt(same)) {
            same++;
        }
        int from = same < VALUE / 2 ? 0 : same - VALUE / 4;
        int to = Math.min(line.length(), from + VALUE);
        return (from > 0 ? "…" : "") + line.substring(from, to) + (to < line.length() ? "…" : "");
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
