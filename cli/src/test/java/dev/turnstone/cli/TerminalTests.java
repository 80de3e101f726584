package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a history reaches the terminal as a command to it. */
class TerminalTests {

    /** Clears the screen, sets the title, rings the bell, a C1 sequence, and text from right to left. */
    private static final String HOSTILE = "\u001B[2J\u001B]0;owned\u0007 \u009B31m \u202Egpj.exe \u2066";

    @TempDir
    Path directory = Path.of("");

    private Project project() throws IOException {
        Project project = Project.with(directory, "a1 - make " + HOSTILE + " a");
        Files.writeString(directory.resolve("revisions").resolve("b2.sql"), """
                -- revision: b2
                -- parents: a1
                -- message: %1$s

                -- upgrade
                CREATE TABLE "%1$s" (id INTEGER);
                SELECT '%1$s' FROM "%1$s missing";

                -- downgrade
                DROP TABLE "%1$s";
                """.formatted(HOSTILE));
        return project;
    }

    private static Stream<List<String>> commands() {
        return Stream.of(
                List.of("history", "-v"),
                List.of("history", "--json"),
                List.of("heads"),
                List.of("show", "a1"),
                List.of("show", HOSTILE),
                List.of("show", HOSTILE, "--json"),
                List.of("upgrade"),
                List.of("upgrade", "--json"),
                List.of("upgrade", "--" + HOSTILE),
                List.of("upgrade", "--" + HOSTILE, "--json"),
                List.of(HOSTILE),
                List.of("current", "--url", "sqlite:////no/" + HOSTILE + "/such/file.db"),
                List.of("revision", "-m", "more" + HOSTILE));
    }

    private static void assertHarmless(Run run) {
        assertThat(run.out() + run.err()).isNotEmpty().doesNotContain("\u001B", "\u0007", "\u009B", "\u202E", "\u2066");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commands_of_the_engine(List<String> arguments) throws IOException {
        Run run = project().run(arguments.toArray(String[]::new));
        assertHarmless(run);
        if (arguments.contains("--json")) {
            assertThat(new ObjectMapper().readTree(run.out()).isObject()).isTrue();
        }
    }

    @Test
    void findings_and_files_of_verify() throws IOException {
        Path revisions = project().directory().resolve("revisions");
        Run text = Run.of("verify", revisions.toString(), "--dialect", "sqlite");
        assertHarmless(text);
        assertThat(text.out()).contains("\\u001B[2J\\u001B]0;owned\\u0007 \\u009B31m \\u202Egpj.exe");
        Run json = Run.of("verify", revisions.toString(), "--dialect", "sqlite", "--json");
        assertHarmless(json);
        assertThat(new ObjectMapper()
                        .readTree(json.out())
                        .at("/findings/0/message")
                        .asText())
                .contains(HOSTILE);
        assertHarmless(Run.of("verify", directory.resolve(HOSTILE).toString()));
    }

    @Test
    void a_script_for_a_program_stays_as_it_is() throws IOException {
        Run script = project().run("upgrade", "--sql", "--dialect", "sqlite");
        assertThat(script.out()).contains("SELECT '" + HOSTILE + "'");
    }

    @Test
    void help_is_printed_as_before() {
        assertThat(Run.of("verify", "--help").out()).contains("Exit status:", "  3   could not run");
        assertThat(Run.of("help", "upgrade").out()).contains("Usage: turnstone upgrade");
        assertThat(Run.of("--version").out()).startsWith("turnstone ");
    }
}
