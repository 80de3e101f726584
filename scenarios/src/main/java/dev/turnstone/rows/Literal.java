package dev.turnstone.rows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A literal in the expression of a constraint, or the body of a trigger.
 *
 * @param text a string's value, or a number as it is written
 * @param isNumber whether it is a number
 */
record Literal(String text, boolean isNumber) {

    private static final Pattern LITERAL =
            Pattern.compile("'((?:[^']|'')*+)'|(?<![\\w.\"])(\\d+(?:\\.\\d+)?)(?![\\w\"])");
    private static final int MOST = 60;

    /** Returns the distinct literals of an expression, in order. */
    static List<Literal> in(String expression) {
        LinkedHashSet<Literal> found = new LinkedHashSet<>();
        Matcher matcher = LITERAL.matcher(expression);
        while (matcher.find() && found.size() < MOST) {
            found.add(
                    matcher.group(1) != null
                            ? new Literal(matcher.group(1).replace("''", "'"), false)
                            : new Literal(matcher.group(2), true));
        }
        return List.copyOf(found);
    }

    /** Returns the number and its two neighbors. */
    List<BigDecimal> numbers() {
        BigDecimal number = new BigDecimal(text);
        return List.of(number, number.add(BigDecimal.ONE), number.subtract(BigDecimal.ONE));
    }

    /**
     * Returns texts that may satisfy the literal: itself, a match of it as a pattern, and for a number, texts of that length.
     */
    List<Object> texts() {
        List<Object> texts = new ArrayList<>();
        if (isNumber) {
            for (BigDecimal number : numbers()) {
                if (number.scale() <= 0 && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(2_000)) < 0) {
                    texts.add("a".repeat(number.intValue()));
                    texts.add("0".repeat(number.intValue()));
                }
            }
            texts.add(text);
            return texts;
        }
        texts.add(text);
        PatternSample.ofRegularExpression(text).ifPresent(texts::add);
        if (text.contains("%") || text.contains("_")) {
            texts.add(text.replace("%", "x").replace('_', 'a'));
            texts.add(text.replace("%", "").replace('_', 'a'));
        }
        if (text.contains("*") || text.contains("?") || text.contains("[")) {
            PatternSample.ofGlob(text).ifPresent(texts::add);
        }
        return texts;
    }
}
