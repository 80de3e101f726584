package dev.turnstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every regular expression of the production code reads 100,000 characters of any shape in a number of steps that grows
 * with the length only, and without recursion.
 *
 * <p>The expressions are found, not listed: those in static fields by reflection, those in calls such as {@code
 * text.matches("…")} in the sources. A call whose expression is put together at run time is listed in {@link #BUILT}.
 */
class RegularExpressionTests {

    private static final List<String> MODULES =
            List.of("engine", "formats", "assertions", "scenarios", "junit-extension", "cli");
    private static final int LENGTH = 100_000;

    /** The length of repetitions after the words of an expression: enough to show quadratic time and recursion. */
    private static final int LENGTH_AFTER_WORDS = 20_000;

    /** The most characters that an expression may read for each character of its input. */
    private static final int STEPS_PER_CHARACTER = 60;

    private static final Set<String> STRING_METHODS = Set.of("matches", "replaceAll", "replaceFirst", "split");
    private static final Set<String> SEARCHES =
            Set.of("find", "results", "replaceAll", "replaceFirst", "split", "splitAsStream", "asPredicate");
    private static final Set<String> PATTERN_METHODS = Set.of("compile", "matches");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The tests of other modules are on the class path too.
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("dev.turnstone");

    /** The code gives this expression only what comes before the last brace of a line. */
    private static final Map<String, String> TEXT_ENDS = Map.of("EnvironmentVariables.VARIABLE", "}");

    /** Methods that put an expression together: each quotes the names in it, or compiles one that the user wrote. */
    private static final Set<String> BUILT = Set.of(
            "CatalogQuery.putSorted",
            "CatalogRow.list",
            "Privileges.parse",
            "Reversal.dropTable",
            "ColumnChoice.mentions",
            "PartitionBounds.isKey",
            "PatternSample.set",
            "Violation.keyColumns",
            "FilledUpgrade.names",
            "PolicySettings.pattern",
            "SaferStatement.<init>",
            "RemovedObjects.columnsNamedIn",
            "NamingConvention.asPattern",
            "NamingConvention.check",
            "JdbcSchemaReader.read",
            "FileNameTemplate.pattern",
            "LiquibaseChangeset.pieces",
            "LiquibaseFile.line");

    @Test
    void reads_long_text_in_linear_time_and_without_recursion() throws IOException {
        Map<String, Use> patterns = patterns();
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        patterns.entrySet().parallelStream().forEach(entry -> fault(entry.getValue())
                .ifPresent(fault -> faults.add(entry.getKey() + ": " + fault + "\n    "
                        + entry.getValue().pattern())));

        System.out.println("Regular expressions checked: " + patterns.size());
        assertThat(patterns).hasSizeGreaterThan(100);
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    @Test
    void finds_what_recurses_and_what_is_quadratic() {
        assertThat(foundFault(Pattern.compile("'(?:[^']|'')*'")))
                .get()
                .asString()
                .contains("recurses");
        assertThat(foundFault(Pattern.compile("(a|b){2,}x"))).get().asString().contains("recurses");
        assertThat(foundFault(Pattern.compile("\\s*x\\s*$"))).get().asString().contains("steps");
        assertThat(foundFault(Pattern.compile("(?s)/\\*.*?\\*/")))
                .get()
                .asString()
                .contains("steps");
        assertThat(foundFault(Pattern.compile("'[^']*+(?:''[^']*+)*+'"))).isEmpty();
        assertThat(foundFault(Pattern.compile("(\\.\\d{1,3}){0,2}[()*]+"))).isEmpty();
    }

    /**
     * An expression and how it is used.
     *
     * @param wholeOnly whether it is only compared with a whole text, or with its beginning
     * @param textEnd what every text ends with that it searches
     */
    private record Use(Pattern pattern, boolean wholeOnly, String textEnd) {

        Use(Pattern pattern, boolean wholeOnly) {
            this(pattern, wholeOnly, "");
        }
    }

    /** Why an expression is not to be used on text of a user; empty if it may be. */
    private static Optional<String> foundFault(Pattern pattern) {
        return fault(new Use(pattern, false));
    }

    private static Optional<String> fault(Use use) {
        Pattern pattern = use.pattern();
        if (repeatsGroupGreedily(pattern.pattern())) {
            return Optional.of("recurses: it repeats a group without a possessive quantifier");
        }
        for (String text : texts(pattern)) {
            for (boolean whole : use.wholeOnly() ? List.of(true) : List.of(true, false)) {
                CountedText counted = new CountedText(text + use.textEnd());
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
                Matcher repeated = Pattern.compile("(?:[*+]|\\{\\d+,\\})(\\+)?")
                        .matcher(regex)
                        .region(i + 1, regex.length());
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
                "'", "''", "a''", "\"", "\"\"", "`", "\\", "\\'", " ", "\t", "\n", "\r\n", "(", ")", "()", "[", "[]",
                "$", "$a$", "$$", "a", "a ", "a.", "1", "1,", "1.", "-", "--", "--\n", "/*", "/* ", "*/", ",", ", ",
                ";", ":", "::", "E'", "E'\\", "_", "a_", "a=", "{", "${", "${a:-", "{}", "#", "%", "&", "@", "/", "%(",
                "\u00e9", "\ud800", "\0", "=", "+", "a\n", " \n", "x'"));
        List<String> words = new ArrayList<>();
        Matcher named = Pattern.compile("(?<!\\\\)[A-Za-z_-]{2,}").matcher(pattern.pattern());
        while (named.find() && words.size() < 6) {
            words.add(named.group());
            units.add(named.group());
            units.add(named.group() + " ");
        }
        Set<String> base = Set.of("'", " ", "\n", "a", "1", "(", "\"", "a ");
        units.removeIf(unit -> !base.contains(unit) && pattern.pattern().indexOf(unit.charAt(0)) < 0);
        Set<String> texts = new LinkedHashSet<>();
        for (String unit : units) {
            texts.add(unit.repeat(LENGTH / unit.length()));
        }
        String all = String.join(" ", words);
        for (String filler : List.of(" ", "a", "'", "\"", "(")) {
            texts.add(all + filler.repeat(LENGTH_AFTER_WORDS) + "!");
            texts.add((words.isEmpty() ? "a" : words.get(0)) + " " + filler.repeat(LENGTH_AFTER_WORDS) + "!");
            texts.add(all + "=a" + filler.repeat(LENGTH_AFTER_WORDS) + "!");
        }
        return texts;
    }

    /** Each expression by its place. */
    private static Map<String, Use> patterns() throws IOException {
        Map<String, Use> patterns = new TreeMap<>();
        for (JavaClass type : PRODUCTION) {
            inFields(type, patterns);
        }
        Set<String> unknown = new TreeSet<>();
        for (JavaClass type : PRODUCTION) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                boolean initializesField = call.getOrigin().getName().equals("<clinit>");
                if (takesExpression(call) && !initializesField) {
                    String place = type.getName() + "." + call.getOrigin().getName() + ":" + call.getLineNumber();
                    Optional<String> literal = literal(type, call);
                    literal.ifPresent(regex -> patterns.put(
                            place,
                            new Use(Pattern.compile(regex), call.getName().equals("matches"))));
                    if (literal.isEmpty()
                            && !BUILT.contains(type.getSimpleName() + "."
                                    + call.getOrigin().getName())) {
                        unknown.add(place);
                    }
                }
            }
        }
        assertThat(unknown)
                .as("calls whose expression is neither a literal nor in a static field nor listed in BUILT")
                .isEmpty();
        return patterns;
    }

    private static boolean takesExpression(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return (owner.equals("java.lang.String") && STRING_METHODS.contains(call.getName()))
                || (owner.equals("java.util.regex.Pattern") && PATTERN_METHODS.contains(call.getName()));
    }

    /** The argument in the source of the call. */
    private static Optional<String> literal(JavaClass type, JavaMethodCall call) {
        String file = type.getPackageName().replace('.', '/') + "/"
                + type.getSource().orElseThrow().getFileName().orElseThrow();
        String source = MODULES.stream()
                .map(module -> Path.of("..", module, "src", "main", "java").resolve(file))
                .filter(Files::exists)
                .map(RegularExpressionTests::text)
                .findFirst()
                .orElseThrow();
        String rest = source.lines().skip(call.getLineNumber() - 1L).limit(5).collect(Collectors.joining("\n"));
        Matcher literal = Pattern.compile("\\b" + call.getName() + "\\(\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*[,)]")
                .matcher(rest);
        return literal.find() ? Optional.of(literal.group(1).translateEscapes()) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void inFields(JavaClass type, Map<String, Use> patterns) {
        for (JavaField field : type.getFields()) {
            JavaClass of = field.getRawType();
            if (type.isEnum()
                    && of.isEquivalentTo(Pattern.class)
                    && !field.getModifiers().contains(JavaModifier.STATIC)) {
                for (Object constant : type.reflect().getEnumConstants()) {
                    collect(type.getName() + "." + constant, value(field, constant), false, patterns);
                }
            }
            boolean holds = of.isEquivalentTo(Pattern.class)
                    || of.isAssignableTo(Collection.class)
                    || of.isAssignableTo(Map.class);
            if (holds && field.getModifiers().contains(JavaModifier.STATIC)) {
                collect(
                        type.getName() + "." + field.getName(),
                        value(field, null),
                        comparesWhole(type, field),
                        patterns);
            }
        }
    }

    private static Object value(JavaField field, @Nullable Object of) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return reflected.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getFullName(), e);
        }
    }

    /** Whether no code that can reach the field searches in a text. */
    private static boolean comparesWhole(JavaClass type, JavaField field) {
        return PRODUCTION.stream()
                .filter(user -> user.equals(type)
                        || user.getFieldAccessesFromSelf().stream()
                                .anyMatch(access ->
                                        access.getTarget().getFullName().equals(field.getFullName())))
                .flatMap(user -> user.getCodeUnitAccessesFromSelf().stream())
                .map(access -> access.getTarget())
                .noneMatch(target ->
                        target.getFullName().startsWith("java.util.regex.") && SEARCHES.contains(target.getName()));
    }

    private static void collect(String place, Object value, boolean wholeOnly, Map<String, Use> patterns) {
        if (value instanceof Pattern pattern) {
            String field = place.substring(place.lastIndexOf('.', place.lastIndexOf('.') - 1) + 1);
            patterns.put(place, new Use(pattern, wholeOnly, TEXT_ENDS.getOrDefault(field, "")));
        } else if (value instanceof Map<?, ?> map) {
            collect(place + ".keys", map.keySet(), wholeOnly, patterns);
            collect(place + ".values", map.values(), wholeOnly, patterns);
        } else if (value instanceof Collection<?> values) {
            int i = 0;
            for (Object each : values) {
                if (each instanceof Pattern) {
                    collect(place + "[" + i++ + "]", each, wholeOnly, patterns);
                }
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
