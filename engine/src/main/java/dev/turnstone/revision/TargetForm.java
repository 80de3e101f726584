package dev.turnstone.revision;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a target's text: {@code branch@symbol+steps}.
 *
 * @param text the whole text as written
 * @param branch the label or revision before the {@code @}, or null
 * @param symbol an id, a label, a prefix of one, or one of the words {@code head}, {@code heads}, {@code base},
 *     {@code current}; empty if steps are counted from the applied revisions
 * @param steps the number of steps, negative for down, or null
 */
record TargetForm(
        String text,
        @Nullable String branch,
        String symbol,
        @Nullable Integer steps) {

    private static final Set<String> WORDS = Set.of("head", "heads", "base", "current");
    private static final Pattern STEPS = Pattern.compile("(.*?)([+-]\\d{1,9})");

    /** Parses the text. A text that is an exact id is an id, whatever characters it contains. */
    static TargetForm of(String text, NameIndex names) {
        if (names.isId(text)) {
            return new TargetForm(text, null, text, null);
        }
        int at = text.indexOf('@');
        String branch = at > 0 ? text.substring(0, at) : null;
        String rest = text.substring(at + 1);
        if (rest.isEmpty()) {
            throw new InvalidTargetException(text);
        }
        Matcher matcher = STEPS.matcher(rest);
        if (!names.isId(rest) && matcher.matches() && !isPrefixOfOtherToolsId(rest, matcher.group(1), names)) {
            return new TargetForm(text, branch, matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        return new TargetForm(text, branch, rest, null);
    }

    /** Distinguishes {@code 2022-04}, a prefix of {@code 2022-04-26-153628}, from four steps below {@code 2022}. */
    private static boolean isPrefixOfOtherToolsId(String rest, String symbol, NameIndex names) {
        return !symbol.isEmpty() && !WORDS.contains(symbol) && !names.isIdOrLabel(symbol) && names.isPrefix(rest);
    }

    /**
     * Returns the text after the {@code @}.
     */
    String rest() {
        return steps == null ? symbol : symbol + text.substring(text.length() - stepsLength());
    }

    private int stepsLength() {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        return text.length() - sign;
    }
}
