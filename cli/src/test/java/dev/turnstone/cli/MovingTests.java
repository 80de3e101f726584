package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingTests {

    @TempDir
    Path directory = Path.of("");

    Project project = new Project(Path.of(""));

    @BeforeEach
    void makeProject() throws Exception {
        project = Project.with(directory, "a1 - make a", "b1 a1 make b", "c1 b1 make c");
    }

    @Test
    void aTargetThatIsNoneSaysWhichThereAre() throws Exception {
        assertThat(project.run("stamp", "zzzz").err()).contains("'zzzz'").contains("Known revisions: c1, b1, a1.");
        project.revision("d1 c1 next");
        for (int i = 2; i <= 9; i++) {
            project.revision("d" + i + " d" + (i - 1) + " next");
        }
        Run run = project.run("stamp", "zzzz");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Known revisions: d9, d8, d7, d6, d5, d4, d3, d2, d1, c1, and 2 more.");
    }

    @Test
    void upgradeGoesToTheHeadAndSaysEachStep() {
        Run run = project.run("upgrade");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "upgrade <base> -> a1, make a", "upgrade a1 -> b1, make b", "upgrade b1 -> c1, make c");
        assertThat(run.status()).isZero();
        assertThat(project.run("current").out().lines()).containsExactly("c1 (head) make c");
    }

    @Test
    void upgradeAtTheHeadHasNothingToDo() {
        project.run("upgrade");

        assertThat(project.run("upgrade").out().lines()).containsExactly("Nothing to do: the database is at c1.");
    }

    @Test
    void downgradeTakesANumberOfSteps() {
        project.run("upgrade");

        Run run = project.run("downgrade", "-2");

        assertThat(run.out().lines()).containsExactly("downgrade c1 -> b1, make c", "downgrade b1 -> a1, make b");
        assertThat(project.run("downgrade", "base").status()).isZero();
        assertThat(project.run("current").out()).isEmpty();
    }

    @Test
    void anOptionThatDoesNotExistIsNoTarget() {
        Run run = project.run("downgrade", "--purge");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown option: '--purge'").contains("turnstone downgrade --help");
    }

    @Test
    void stampMovesTheVersionAlone() {
        assertThat(project.run("stamp", "b1").out().lines()).containsExactly("The version is b1.");

        assertThat(project.run("upgrade").out().lines()).containsExactly("upgrade b1 -> c1, make c");
    }

    @Test
    void purgeForgetsRowsThatNoFileDefines() throws Exception {
        project.run("upgrade");
        Files.delete(directory.resolve("revisions/c1.sql"));

        Run stamp = project.run("stamp", "b1");
        assertThat(stamp.status()).isEqualTo(2);
        assertThat(stamp.err()).contains("The version table names 'c1'").contains("another branch.");
        assertThat(project.run("current").out().lines())
                .containsExactly("c1 (applied here, but no file defines it: another branch?)");

        assertThat(project.run("stamp", "--purge", "b1").out().lines()).containsExactly("The version is b1.");
        assertThat(project.run("current").out().lines()).containsExactly("b1 (head) make b");
    }

    @Test
    void checkHeadsEndsWithStatusOneUntilAllIsApplied() {
        project.run("upgrade", "b1");

        Run behind = project.run("current", "--check-heads");
        assertThat(behind.status()).isEqualTo(1);
        assertThat(behind.err())
                .contains("The database is not at the head of its history: it is at b1, and the history ends at c1; 1"
                        + " revision is not applied. Nothing was changed. Run 'upgrade heads'.");

        project.run("upgrade");
        assertThat(project.run("current", "--check-heads").status()).isZero();
    }

    @Test
    void ensureVersionMakesTheTableOnly() {
        assertThat(project.run("ensure-version").out().lines())
                .containsExactly("The version table turnstone_version exists.");
        assertThat(project.run("ensure-version").status()).isZero();
        assertThat(project.run("current").out()).isEmpty();
    }

    @Test
    void aRevisionThatFailsIsStatusOneAndItsMessageSaysWhatIsLeft() throws Exception {
        Files.writeString(
                directory.resolve("revisions/d1.sql"),
                "-- revision: d1\n-- parents: c1\n\n-- upgrade\nCREATE TABLE t_a1 (id INTEGER);\n");

        Run run = project.run("upgrade");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("Revision d1 fails on SQLite when it is upgraded, at d1.sql:5:1")
                .contains("the version is still c1");
    }

    @Test
    void jsonHoldsStepsAndVersion() {
        assertThat(project.run("upgrade", "+1", "--json").out().replaceAll("\\s+", " "))
                .contains("\"steps\" : [ { \"revision\" : \"a1\", \"direction\" : \"upgrade\","
                        + " \"message\" : \"make a\" } ], \"current\" : [ \"a1\" ]");
        assertThat(project.run("current", "--json").out().replaceAll("\\s+", " "))
                .contains("\"current\" : [ \"a1\" ], \"heads\" : [ \"c1\" ], \"atHeads\" : false");
        assertThat(project.run("upgrade", "nowhere", "--json").out()).contains("\"kind\" : \"unknown-revision\"");
    }

    @Test
    void aSchemaThatSomeoneElseFilledIsRefusedUnlessAllowed() throws Exception {
        Project other = Project.with(directory.resolve("other"), "z1 - make z");
        other.configure("locations = [\"revisions\"]\nurl = \"sqlite:///" + directory.resolve("app.db") + "\"\n"
                + "version-table = \"z_version\"\n");
        project.run("upgrade");

        Run refused = other.run("upgrade");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("'stamp' that revision").contains("--allow-non-empty");
        assertThat(other.run("upgrade", "--allow-non-empty").status()).isZero();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndAFlagOverBoth() {
        Map<String, String> environment = Map.of("DATABASE_URL", "sqlite:///" + directory.resolve("environment.db"));

        project.run(environment, "upgrade", "a1");
        project.run(environment, "upgrade", "b1", "--url", "sqlite:///" + directory.resolve("flag.db"));

        assertThat(project.run("current").out()).isEmpty();
        assertThat(project.run(environment, "current").out()).startsWith("a1");
        assertThat(project.run("current", "--url", "sqlite:///" + directory.resolve("flag.db"))
                        .out())
                .startsWith("b1");
    }

    @Test
    void currentTellsWhichAppliedRevisionWasEdited() throws Exception {
        project.run("upgrade");
        assertThat(project.run("current", "-v").out()).doesNotContain("Edited");
        assertThat(project.run("current", "--json").out()).contains("\"edited\" : [ ]");

        project.revision("a1 - make a, renamed");

        assertThat(project.run("current", "-v").out())
                .contains("Edited after it was applied (20")
                .contains("): a1, a1.sql");
        assertThat(project.run("current").out()).doesNotContain("Edited");
        assertThat(project.run("current", "--json").out()).contains("\"revision\" : \"a1\"", "\"recorded\" : ");
        assertThat(project.run("upgrade").status()).isZero();
    }
}
