package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.source.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Checks each format against its tool's rules, with the tables {@code formats/NAME.txt}. */
class FormatConformanceTests {

    private static final AtomicInteger CHECKED = new AtomicInteger();

    @TempDir
    private static Path directory = Path.of("");

    @AfterAll
    @SuppressWarnings("SystemOut") // Prints the number of checked cases.
    static void count() {
        System.out.println("edge cases of formats checked: " + CHECKED.get());
        assertThat(CHECKED.get()).isPositive();
    }

    @TestFactory
    Stream<DynamicContainer> every_format_but_our_own_has_a_table() {
        return Arrays.stream(Format.values())
                .filter(format -> format != Format.TURNSTONE)
                .map(format -> {
                    List<Case> cases = cases(format);
                    assertThat(cases).as(format.label()).hasSizeGreaterThan(5);
                    return DynamicContainer.dynamicContainer(
                            format.label(),
                            cases.stream().map(each -> DynamicTest.dynamicTest(each.title, each::check)));
                });
    }

    private static List<Case> cases(Format format) {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = FormatConformanceTests.class.getResourceAsStream("formats/" + format.label() + ".txt")) {
            String table =
                    new String(Objects.requireNonNull(in, format.label()).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : table.lines().filter(each -> !each.isBlank()).toList()) {
                if (line.startsWith("## ")) {
                    cases.add(new Case(format, line.substring(3), cases.size()));
                } else {
                    cases.get(cases.size() - 1).add(line);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return cases;
    }

    /** One case: its files and the expected results. */
    private static final class Case {

        private final Format format;
        private final String title;
        private final FormatFiles files;
        private final List<Runnable> writing = new ArrayList<>();
        private final List<String> revisions = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private List<String> lines = new ArrayList<>();
        private String dialect = "sqlite";
        private String refusal = "";

        Case(Format format, String title, int number) {
            this.format = format;
            this.title = title;
            this.files = new FormatFiles(directory.resolve(format.label() + "-" + number));
        }

        void add(String line) {
            String word = line.split(" ", 2)[0];
            String rest = line.substring(Math.min(line.length(), word.length() + 1));
            switch (word) {
                case "file" -> {
                    List<String> content = new ArrayList<>();
                    lines = content;
                    writing.add(() -> files.file(rest, content.toArray(String[]::new)));
                }
                case "|" -> lines.add(rest.replace("\\r", "\r").replace("\\ufeff", "\ufeff"));
                case "on" -> dialect = rest;
                case "with" ->
                    files.placeholder(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
                case "is" -> revisions.add(rest);
                case "notes" -> notes.add(rest);
                case "fails" -> refusal = rest;
                default -> throw new IllegalArgumentException(format.label() + ".txt: " + line);
            }
        }

        void check() {
            writing.forEach(Runnable::run);
            if (refusal.isEmpty()) {
                assertThat(files.does(format, dialect)).isEqualTo(revisions);
                assertThat(files.notes(format)).isEqualTo(notes);
            } else {
                assertThat(catchThrowable(() -> files.load(format)))
                        .isInstanceOf(TurnstoneException.class)
                        .hasMessageContaining(refusal);
            }
            CHECKED.incrementAndGet();
        }
    }
}
