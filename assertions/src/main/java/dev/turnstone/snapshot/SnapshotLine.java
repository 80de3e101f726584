package dev.turnstone.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a snapshot file, with the lines that are nested in it.
 *
 * @param number counted from 1
 * @param label the first word of a part; empty for an attribute
 * @param words the names and marks after the label, or the attribute's key
 * @param value the text after the colon or equals sign, or null
 * @param parts the nested lines
 */
record SnapshotLine(
        int number,
        String label,
        List<String> words,
        @Nullable String value,
        List<SnapshotLine> parts) {

    private static final Pattern ATTRIBUTE = Pattern.compile(
            "^(\"(?:[^\"\\\\]|\\\\.)*+\"|[\\p{L}\\p{N}_.*-]+(?: [\\p{L}\\p{N}_.*-]+)*+) =(?: (.*))?", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile(
            "([a-z-]+)((?: (?:" + SnapshotNotation.token() + "|#\\d+))*+)(?::(?: (.*))?)?", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile(SnapshotNotation.token() + "|#\\d+");

    static boolean isLine(String content) {
        return ATTRIBUTE.matcher(content).matches() || PART.matcher(content).matches();
    }

    static SnapshotLine of(int number, String content) {
        Matcher attribute = ATTRIBUTE.matcher(content);
        if (attribute.matches()) {
            return new SnapshotLine(
                    number,
                    "",
                    List.of(SnapshotNotation.read(attribute.group(1))),
                    attribute.group(2),
                    new ArrayList<>());
        }
        Matcher part = PART.matcher(content);
        if (!part.matches()) {
            throw new IllegalArgumentException(content);
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(part.group(2));
        while (word.find()) {
            words.add(word.group());
        }
        return new SnapshotLine(number, part.group(1), words, part.group(3), new ArrayList<>());
    }

    SnapshotLine withValue(String text) {
        return new SnapshotLine(number, label, words, text, parts);
    }

    boolean isAttribute() {
        return label.isEmpty();
    }

    /** Returns the name after the label, or null. */
    @Nullable
    String name() {
        return words.isEmpty() ? null : SnapshotNotation.read(words.get(0));
    }

    boolean has(String part) {
        return part(part).isPresent();
    }

    Optional<SnapshotLine> part(String wanted) {
        return parts.stream().filter(line -> line.label.equals(wanted)).findFirst();
    }

    /** Returns the value of the part with that label, or null. */
    @Nullable
    String valueOf(String wanted) {
        return part(wanted).map(SnapshotLine::value).orElse(null);
    }

    SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>();
        for (SnapshotLine line : parts) {
            if (line.isAttribute()) {
                attributes.put(line.words.get(0), line.value == null ? "" : line.value);
            }
        }
        return attributes;
    }

    /** Returns the parts with that label, in the order of the file. */
    List<SnapshotLine> parts(String wanted) {
        return parts.stream().filter(line -> line.label.equals(wanted)).toList();
    }
}
