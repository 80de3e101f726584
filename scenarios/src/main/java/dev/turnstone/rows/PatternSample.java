package dev.turnstone.rows;

import java.util.Optional;

/** Generates a text that matches a pattern, for simple patterns as in constraints. */
final class PatternSample {

    private static final String SPECIAL = "^$[](){}|*+?\\.";

    private final String pattern;
    private int at;

    private PatternSample(String pattern) {
        this.pattern = pattern;
    }

    /** Returns a text that matches a regular expression; empty if the expression is invalid or too complex. */
    static Optional<String> ofRegularExpression(String pattern) {
        if (pattern.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            PatternSample sample = new PatternSample(pattern);
            String text = sample.alternatives();
            return sample.at == pattern.length() ? Optional.of(text) : Optional.empty();
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns a text that matches a GLOB pattern of SQLite. */
    static Optional<String> ofGlob(String pattern) {
        return ofRegularExpression(pattern.replace("\\", "\\\\")
                .replace(".", "\\.")
                .replace("*", "x")
                .replace("?", "a"));
    }

    /** Generates the first alternative and skips the others. */
    private String alternatives() {
        String first = sequence();
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            sequence();
        }
        return first;
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            String atom = atom();
            text.append(atom.repeat(times()));
        }
        return text.toString();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> "a";
            case '[' -> set();
            case '(' -> group();
            case '\\' -> escaped(pattern.charAt(at++));
            default -> String.valueOf(c);
        };
    }

    private String group() {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        }
        String inside = alternatives();
        at++;
        return inside;
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'd' -> "0";
            case 'w' -> "a";
            case 's' -> " ";
            case 'A', 'Z', 'b', 'm', 'M', 'y' -> "";
            default -> String.valueOf(c);
        };
    }

    /** Returns the first character of a character set. */
    private String set() {
        boolean negated = pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        int end = pattern.indexOf(']', at + 1);
        while (pattern.startsWith("[:", at) && end + 1 < pattern.length() && pattern.charAt(end - 1) == ':') {
            String name = pattern.substring(at, end);
            int close = pattern.indexOf(']', end + 1);
            at = close + 1;
            return name.contains("digit") ? "0" : name.contains("upper") ? "A" : "a";
        }
        String inside = pattern.substring(at, end);
        at = end + 1;
        if (!negated) {
            return inside.charAt(0) == '\\' ? escaped(inside.charAt(1)) : inside.substring(0, 1);
        }
        return "az0-"
                .chars()
                .mapToObj(c -> String.valueOf((char) c))
                .filter(c -> !inside.contains(c) && !inside.matches(".-." + ".*"))
                .findFirst()
                .orElse("~");
    }

    private int times() {
        if (at >= pattern.length()) {
            return 1;
        }
        char c = pattern.charAt(at);
        if (c == '{') {
            int end = pattern.indexOf('}', at);
            String least = pattern.substring(at + 1, end).split(",", -1)[0];
            at = end + 1;
            lazy();
            return Math.min(2_000, Integer.parseInt(least));
        }
        if (c == '*' || c == '+' || c == '?') {
            at++;
            lazy();
        }
        return 1;
    }

    private void lazy() {
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            at++;
        }
    }
}
