package dev.turnstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every regular expression of the production code reads 100,000 characters of any shape in a number of steps that grows
 * with the length only, and without recursion.
 *
 * <p>The expressions are found, not listed: those in static fields by reflection, those in calls such as {@code
 * text.matches("…")} in the sources. A call whose expression is put together at run time is listed in {@link #BUILT}.
 */
class RegularExpressionTests {

    private static final List<String> MODULES = List.of("engine", "assertions", "junit-extension", "cli");
    private static final int LENGTH = 100_000;

    /** The most characters that an expression may read for each character of its input. */
    private static final int STEPS_PER_CHARACTER = 60;

    private static final Pattern CALL = Pattern.compile(
            "(Pattern\\.compile|Pattern\\.matches|\\.(?:replaceAll|replaceFirst|matches|split))\\(\\s*");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*([,)+])");

    /** Calls whose argument is no literal, with the reason why it is safe. */
    private static final Map<String, String> BUILT = Map.of();

    @Test
    void reads_long_text_in_linear_time_and_without_recursion() throws IOException {
        Map<String, Pattern> patterns = patterns();
        List<String> faults = new ArrayList<>();
        patterns.forEach((place, pattern) -> fault(pattern).ifPresent(fault -> faults.add(place + ": " + fault + "\n    " + pattern)));

        System.out.println("Regular expressions checked: " + patterns.size());
        assertThat(patterns).hasSizeGreaterThan(100);
        assertThat(faults).isEmpty();
    }

    @Test
    void finds_what_recurses_and_what_is_quadratic() {
        assertThat(fault(Pattern.compile("'(?:[^']|'')*'"))).get().asString().contains("recurses");
        assertThat(fault(Pattern.compile("(a|b){2,}x"))).get().asString().contains("recurses");
        assertThat(fault(Pattern.compile("\\s*x\\s*$"))).get().asString().contains("steps");
        assertThat(fault(Pattern.compile("(?s)/\\*.*?\\*/"))).get().asString().contains("steps");
        assertThat(fault(Pattern.compile("'[^']*+(?:''[^']*+)*+'"))).isEmpty();
        assertThat(fault(Pattern.compile("(\\.\\d{1,3}){0,2}[()*]+"))).isEmpty();
    }

    /** Why an expression is not to be used on text of a user; empty if it may be. */
    private static Optional<String> fault(Pattern pattern) {
        if (repeatsGroupGreedily(pattern.pattern())) {
            return Optional.of("recurses: it repeats a group without a possessive quantifier");
        }
        for (String text : texts(pattern)) {
            for (boolean whole : new boolean[] {true, false}) {
                CountedText counted = new CountedText(text);
                try {
                    Matcher matcher = pattern.matcher(counted);
                    if (whole) {
                        matcher.matches();
                    } else {
                        while (matcher.find()) {}
                    }
                } catch (StackOverflowError e) {
                    return Optional.of("recurses on " + described(text));
                } catch (TooManySteps e) {
                    return Optional.of("takes more than " + STEPS_PER_CHARACTER + " steps for each character of "
                            + described(text) + (whole ? ", matches()" : ", find()"));
                }
            }
        }
        return Optional.empty();
    }

    private static String described(String text) {
        return "'" + text.substring(0, Math.min(40, text.length())).replace("\n", "\\n") + "…'";
    }

    /** {@code java.util.regex} recurses for each turn of a repeated group, unless the quantifier is possessive. */
    private static boolean repeatsGroupGreedily(String regex) {
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                if (regex.startsWith("\\Q", i)) {
                    int end = regex.indexOf("\\E", i);
                    i = end < 0 ? regex.length() : end;
                }
                i++;
            } else if (c == '[') {
                inClass = true;
                i += regex.startsWith("[]", i) || regex.startsWith("[^]", i) ? 1 : 0;
            } else if (c == ']') {
                inClass = false;
            } else if (c == ')' && !inClass) {
                Matcher repeated = Pattern.compile("(?:[*+]|\\{\\d+,\\})(\\+)?").matcher(regex).region(i + 1, regex.length());
                if (repeated.lookingAt() && repeated.group(1) == null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Repetitions of what usual text holds, and of what this expression names. */
    private static Set<String> texts(Pattern pattern) {
        Set<String> units = new LinkedHashSet<>(List.of(
                "'", "''", "a''", "\"", "\"\"", "`", "\\", "\\'", " ", "\t", "\n", "\r\n", "(", ")", "()", "[", "[]", "$", "$a$", "$$", "a",
                "a ", "a.", "1", "1,", "1.", "-", "--", "--\n", "/*", "*/", ",", ", ", ";", ":", "::", "E'", "E'\\", "_", "a_", "a=", "{",
                "${", "{}", "#", "%", "&", "@", "/", "%(", "\u00e9", "\ud800", "\0", "=", "+", "a\n", " \n", "x'"));
        List<String> words = new ArrayList<>();
        Matcher named = Pattern.compile("(?<!\\\\)[A-Za-z_-]{2,}").matcher(pattern.pattern());
        while (named.find() && words.size() < 6) {
            words.add(named.group());
            units.add(named.group());
            units.add(named.group() + " ");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (String unit : units) {
            texts.add(unit.repeat(LENGTH / unit.length()));
        }
        String all = String.join(" ", words);
        for (String filler : List.of(" ", "a", "'", "\"", "(")) {
            texts.add(all + filler.repeat(LENGTH) + "!");
            texts.add((words.isEmpty() ? "a" : words.get(0)) + " " + filler.repeat(LENGTH) + "!");
        }
        return texts;
    }

    /** Each expression by its place. */
    private static Map<String, Pattern> patterns() throws IOException {
        Map<String, Pattern> patterns = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = Path.of("..", module, "src", "main", "java");
            List<Path> files;
            try (Stream<Path> found = Files.walk(sources)) {
                files = found.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            }
            for (Path file : files) {
                String name = sources.relativize(file).toString().replace(".java", "").replace('/', '.');
                inCalls(Files.readString(file), name, patterns, unknown);
                inFields(name, patterns);
            }
        }
        assertThat(unknown).as("calls whose expression is neither a literal nor in a static field nor listed in BUILT").isEmpty();
        return patterns;
    }

    private static void inCalls(String source, String name, Map<String, Pattern> patterns, List<String> unknown) {
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            String before = source.substring(Math.max(0, source.lastIndexOf('\n', call.start())), call.start());
            Matcher literal = LITERAL.matcher(source).region(call.end(), source.length());
            int line = (int) source.substring(0, call.start()).chars().filter(c -> c == '\n').count() + 1;
            if (literal.lookingAt() && !literal.group(2).equals("+")) {
                Pattern pattern = Pattern.compile(literal.group(1).translateEscapes());
                patterns.put(name + ":" + line, pattern);
            } else if (call.group(1).equals("Pattern.compile") && !before.contains("static final") && !source.substring(Math.max(0, call.start() - 200), call.start()).matches("(?s).*static final Pattern \\w+\\s*=\\s*")) {
                unknown.add(name + ":" + line + " " + source.substring(call.start(), source.indexOf('\n', call.start())));
            } else if (call.group(1).equals("Pattern.compile")) {
                // The field is read below.
            } else {
                unknown.add(name + ":" + line + " " + source.substring(call.start(), source.indexOf('\n', call.start())));
            }
        }
    }

    private static void inFields(String name, Map<String, Pattern> patterns) {
        try {
            fields(Class.forName(name), patterns);
        } catch (ClassNotFoundException e) {
            // package-info and module-info have no class.
        }
    }

    private static void fields(Class<?> type, Map<String, Pattern> patterns) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            boolean holder = field.getType() == Pattern.class
                    || Collection.class.isAssignableFrom(field.getType())
                    || Map.class.isAssignableFrom(field.getType());
            if (holder) {
                field.setAccessible(true);
                try {
                    collect(type.getName() + "." + field.getName(), field.get(null), patterns);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        for (Class<?> inner : type.getDeclaredClasses()) {
            fields(inner, patterns);
        }
    }

    private static void collect(String place, Object value, Map<String, Pattern> patterns) {
        if (value instanceof Pattern pattern) {
            patterns.put(place, pattern);
        } else if (value instanceof Map<?, ?> map) {
            collect(place + ".keys", map.keySet(), patterns);
            collect(place + ".values", map.values(), patterns);
        } else if (value instanceof Collection<?> values) {
            int i = 0;
            for (Object each : values) {
                if (!(each instanceof Pattern)) {
                    return;
                }
                collect(place + "[" + i++ + "]", each, patterns);
            }
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts how often a character is read. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long left;

        CountedText(String text) {
            this.text = text;
            this.left = (long) text.length() * STEPS_PER_CHARACTER + 1000;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
