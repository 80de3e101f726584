package dev.turnstone.source;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.revision.Direction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises the markers of an SQL revision file, and lines that are nearly a marker. It examines single lines only.
 */
public final class MarkerSyntax {

    /** The keys by which a revision can declare an exemption with a reason. */
    public static final List<String> EXEMPTION_KEYS = List.of("locks", "not-additive", "misnamed", "forbidden");

    private static final List<String> DECLARATION_KEYS = Stream.concat(
                    Stream.of("rerun-exempt", "lossy", "keep", "irreversible"), EXEMPTION_KEYS.stream())
            .toList();

    static final List<String> HEADER_KEYS = Stream.concat(
                    Stream.of(
                            "revision",
                            "parents",
                            "depends-on",
                            "labels",
                            "message",
                            "created",
                            "rerun-exempt",
                            "lossy"),
                    EXEMPTION_KEYS.stream())
            .toList();

    static final List<String> REFUSAL_KEYS = List.of("keep", "irreversible");
    static final String NO_TRANSACTION = "no transaction";
    static final String AUTOCOMMIT = "autocommit";

    private static final Pattern LINE_END = Pattern.compile("[\\r\\u0085\\u2028\\u2029]");
    private static final Pattern KEY_AND_VALUE = Pattern.compile("^([A-Za-z][A-Za-z _-]*+)[ \\t]*+:[ \\t]*+(.*)");
    private static final Pattern SECTION = Pattern.compile("(upgrade|downgrade)(?:[ \\t]+(.*))?");
    private static final Pattern UNLESS = Pattern.compile("unless(?:[ \\t]+(.*))?");
    private static final Pattern REFUSAL_WITHOUT_REASON = Pattern.compile("keep|irreversible");
    private static final Pattern INDENTED = Pattern.compile("^[ \\t]+(--.*)");
    private static final Pattern LIKE_SECTION = Pattern.compile("(\\S+)(?:[ \\t]+(\\S+))?");

    private MarkerSyntax() {}

    /** A line {@code -- key: value}. */
    public record Entry(String key, String value) {}

    /**
     * A line that begins a section; {@code rest} is the text after the word, which should be empty or a dialect's name.
     */
    record SectionStart(Direction direction, String rest) {

        String word() {
            return direction.name().toLowerCase(Locale.ROOT);
        }

        boolean isWellFormed() {
            return rest.isEmpty() || Dialects.names().contains(rest);
        }

        /** Returns whether the line can only be a section marker and not a sentence. */
        boolean isOneWordAtMost() {
            return !rest.contains(" ") && !rest.contains("\t");
        }
    }

    /** Returns the text after the dashes of a line that begins with them in its first column. */
    static Optional<String> comment(String line) {
        if (!line.startsWith("--")) {
            return Optional.empty();
        }
        String text = stripped(line);
        return LINE_END.matcher(text).find() ? Optional.empty() : Optional.of(text);
    }

    /**
     * Strips the dashes and the surrounding blanks. Not a regular expression, because every line of a long history
     * passes through this method.
     */
    private static String stripped(String line) {
        int from = 2;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (to > from && (isBlank(line.charAt(to - 1)) || "\n\u000B\f\r".indexOf(line.charAt(to - 1)) >= 0)) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Returns whether a line is only a comment, so that it can be a marker or nearly one. */
    static boolean isComment(String line) {
        int from = 0;
        while (from < line.length() && isBlank(line.charAt(from))) {
            from++;
        }
        return line.startsWith("--", from);
    }

    static Optional<Entry> entry(String line) {
        return comment(line)
                .map(KEY_AND_VALUE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Entry(matcher.group(1).stripTrailing(), matcher.group(2)));
    }

    static Optional<Entry> headerEntry(String line) {
        return entry(line).filter(entry -> HEADER_KEYS.contains(entry.key()));
    }

    /** Returns a declaration that is also allowed in other tools' files: {@code -- lossy: REASON} and others. */
    public static Optional<Entry> declaration(String line) {
        return entry(line)
                .filter(entry -> DECLARATION_KEYS.contains(entry.key()))
                .filter(entry -> !entry.value().isEmpty());
    }

    /** Returns {@code -- keep: REASON} or {@code -- irreversible: REASON}; the reason may be missing. */
    static Optional<Entry> refusal(String line) {
        return entry(line).filter(entry -> REFUSAL_KEYS.contains(entry.key())).or(() -> comment(line)
                .filter(text -> REFUSAL_WITHOUT_REASON.matcher(text).matches())
                .map(key -> new Entry(key, "")));
    }

    static boolean isNoTransaction(String line) {
        return comment(line).filter(NO_TRANSACTION::equals).isPresent();
    }

    public static Optional<SectionStart> section(String line) {
        return comment(line).map(SECTION::matcher).filter(Matcher::matches).map(matcher -> {
            Direction direction = matcher.group(1).equals("upgrade") ? Direction.UPGRADE : Direction.DOWNGRADE;
            return new SectionStart(direction, matcher.group(2) == null ? "" : matcher.group(2));
        });
    }

    /** Returns the text after {@code -- unless}. */
    static Optional<String> unless(String line) {
        return comment(line)
                .map(UNLESS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1) == null ? "" : matcher.group(1));
    }

    /** Returns the text after {@code -- if}. A sentence that begins with "if" does not count. */
    static Optional<String> onlyIf(String line) {
        return comment(line)
                .filter(text -> text.startsWith("if "))
                .map(text -> text.substring(3).strip())
                .filter(Guard::isObjectAndName)
                .filter(rest -> !rest.startsWith("column ") || rest.contains("."));
    }

    static boolean isAutocommit(String line) {
        return comment(line).filter(AUTOCOMMIT::equals).isPresent();
    }

    /** Returns whether a comment is probably a misspelled {@code -- autocommit}. */
    static boolean isNearlyAutocommit(String line) {
        return comment(line)
                .flatMap(text -> EditDistance.nearMiss(text, List.of(AUTOCOMMIT)))
                .isPresent();
    }

    static boolean isEnd(String line) {
        return comment(line).filter("end"::equals).isPresent();
    }

    /** Returns the marker in an indented line, such as {@code upgrade sqlite}. */
    static Optional<String> indentedMarker(String line) {
        Matcher matcher = INDENTED.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unindented = matcher.group(1);
        boolean marker = section(unindented).filter(SectionStart::isWellFormed).isPresent()
                || unless(unindented).filter(Guard::isObjectAndName).isPresent()
                || onlyIf(unindented).isPresent()
                || isEnd(unindented)
                || isAutocommit(unindented)
                || refusal(unindented).isPresent();
        return marker ? comment(unindented) : Optional.empty();
    }

    /** Returns the header line in an indented line, such as {@code parents: a}. */
    static Optional<String> indentedHeaderLine(String line) {
        Matcher matcher = INDENTED.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unindented = matcher.group(1);
        return headerEntry(unindented).isPresent() || isNoTransaction(unindented)
                ? comment(unindented)
                : Optional.empty();
    }

    /** Returns the header key that a comment probably misspells, such as {@code parents}. */
    static Optional<String> nearHeaderLine(String line) {
        return entry(line)
                .flatMap(entry -> EditDistance.nearMiss(entry.key(), HEADER_KEYS))
                .map(key -> key + ":")
                .or(() -> comment(line).flatMap(text -> EditDistance.nearMiss(text, List.of(NO_TRANSACTION))));
    }

    /** Returns the refusal of a downgrade that a comment probably misspells. */
    static Optional<String> nearRefusal(String line) {
        return entry(line)
                .flatMap(entry -> EditDistance.nearMiss(entry.key(), REFUSAL_KEYS))
                .map(key -> key + ":");
    }

    /** Returns the section that a comment probably misspells: one word, alone or followed by a dialect. */
    static Optional<String> nearSection(String line) {
        return comment(line)
                .map(LIKE_SECTION::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> matcher.group(2) == null
                        || Dialects.names().contains(matcher.group(2).toLowerCase(Locale.ROOT)))
                .flatMap(matcher -> EditDistance.nearMiss(matcher.group(1), List.of("upgrade", "downgrade"))
                        .map(word -> matcher.group(2) == null
                                ? word
                                : word + " " + matcher.group(2).toLowerCase(Locale.ROOT)));
    }

    /** Returns whether a line within a section is a marker, unless it is inside a quote or a comment. */
    public static boolean isMarkerInSection(String line) {
        return unless(line).isPresent()
                || onlyIf(line).isPresent()
                || isAutocommit(line)
                || isEnd(line)
                || refusal(line).isPresent();
    }

    /** Returns whether the parser of sections would accept a line as a marker, or refuse it as nearly one. */
    public static boolean isLikeMarker(String line) {
        return section(line).isPresent()
                || isMarkerInSection(line)
                || isNearlyAutocommit(line)
                || isNoTransaction(line)
                || headerEntry(line).isPresent()
                || indentedMarker(line).isPresent()
                || nearSection(line).isPresent()
                || nearRefusal(line).isPresent();
    }
}
