package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTests {

    @TempDir
    Path directory = Path.of("");

    Project project = new Project(Path.of(""));

    @BeforeEach
    void makeProject() throws Exception {
        project = Project.with(
                directory, "a1 - make a", "b1 a1 make b", "c1 a1 make c\n-- labels: billing", "d1 c1 make d");
    }

    @Test
    void historyIsNewestFirst() {
        assertThat(project.run("history").out().lines())
                .containsExactly(
                        "c1 -> d1 (head), make d",
                        "a1 -> c1 (billing), make c",
                        "a1 -> b1 (head), make b",
                        "<base> -> a1 (branchpoint), make a");
    }

    @Test
    void historyTakesARangeAndMarksWhatIsCurrent() {
        project.run("upgrade", "c1");

        assertThat(project.run("history", "-r", "current:billing@head", "-i")
                        .out()
                        .lines())
                .containsExactly("c1 -> d1 (head), make d", "a1 -> c1 (billing) (current), make c");
        assertThat(project.run("history", "-r", "d1:a1").err()).contains("d1").contains("a1");
        assertThat(project.run("history", "-r", "d1:a1").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "current --json", "history -i", "history -r current:", "show current"})
    void whatOnlyAsksMakesNoDatabase(String line) {
        Path database = directory.resolve("app.db");
        Run missing = project.run(line.split(" "));
        assertThat(database).doesNotExist();
        assertThat(missing.err()).startsWith("note: the file " + database + " does not exist; no revision is applied.");

        project.run("upgrade");
        project.run("downgrade", "base");
        Run empty = project.run(line.split(" "));
        assertThat(missing.out()).isEqualTo(empty.out());
        assertThat(missing.status()).isEqualTo(empty.status());
    }

    @Test
    void headsAndBranches() {
        assertThat(project.run("heads").out().lines()).containsExactly("b1 (head) make b", "d1 (head) make d");
        assertThat(project.run("branches").out().lines())
                .containsExactly("a1 (branchpoint) make a", "   -> b1 (head) make b", "   -> c1 (billing) make c");
    }

    @Test
    void headsCanLeaveOutWhatAnotherDependsOn() throws Exception {
        project.revision("f1 d1 make f");
        project.revision("g1 b1 make g\n-- depends-on: f1");

        assertThat(project.run("heads", "--resolve-dependencies").out()).doesNotContain("f1");
        assertThat(project.run("heads").out()).contains("f1");
    }

    @Test
    void showSaysAllThatIsKnown() {
        Run run = project.run("show", "c1");

        assertThat(run.out()).isEqualToNormalizingNewlines("""
                        Rev: c1 (billing)
                        Parent: a1
                        Branch: billing
                        Path: %s

                            make c

                        """.formatted(directory.resolve("revisions/c1.sql")));
        assertThat(project.run("history", "-v").out()).contains(run.out());
    }

    @Test
    void jsonHoldsEachRevision() {
        assertThat(project.run("heads", "--json").out().replaceAll("\\s+", " "))
                .contains("{ \"id\" : \"d1\", \"parents\" : [ \"c1\" ], \"dependsOn\" : [ ], \"labels\" : [ ],"
                        + " \"message\" : \"make d\", \"created\" : null, \"origin\" : \"d1.sql\", \"head\" : true,"
                        + " \"branchPoint\" : false, \"current\" : false }");
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (String command : List.of("verify", "import")) {
            assertThat(Run.of(command, "--help").out()).as(command).contains("Exit status:", "Examples:", "--json");
        }
        for (String command : new String[] {
            "init",
            "revision",
            "merge",
            "edit",
            "upgrade",
            "downgrade",
            "stamp",
            "current",
            "history",
            "heads",
            "branches",
            "show",
            "ensure-version"
        }) {
            Run run = Run.of(command, "--help");
            assertThat(run.status()).as(command).isZero();
            assertThat(run.out())
                    .as(command)
                    .contains("Exit status:", "Examples:", "turnstone " + command, "--url=URL", "--json");
        }
    }

    @Test
    void everyCommandTellsTheVersionAndIsInTheCompletion() {
        String commands = Run.of("--help").out();
        String completion = Run.of("generate-completion").out();
        int checked = 0;
        for (String line : commands.substring(commands.indexOf("Commands:")).split("\n", -1)) {
            if (line.matches("  [a-z].*")) {
                String command = line.strip().split(" +", 2)[0];
                assertThat(completion).as(command).contains(command);
                if (!command.equals("help")) {
                    assertThat(Run.of(command, "--version").out()).as(command).startsWith("turnstone ");
                }
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(17);
    }

    @Test
    void aCommandThatDoesNotExistIsToldWithTheNearest() {
        Run run = Run.of("upgrad");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("There is no command 'upgrad'. Did you mean 'upgrade'?");
        assertThat(Run.of("frobnicate").err())
                .contains("There is no command 'frobnicate'.")
                .doesNotContain("mean");
    }

    @Test
    void theShellCompletionKnowsTheCommands() {
        assertThat(Run.of("generate-completion").out()).contains("upgrade", "ensure-version", "--check-heads");
    }
}
