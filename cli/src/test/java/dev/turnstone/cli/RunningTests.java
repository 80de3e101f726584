package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How revisions are run, by flags and by the configuration; and those of other tools. */
class RunningTests {

    @TempDir
    Path directory = Path.of("");

    Project project = new Project(Path.of(""));

    @BeforeEach
    void makeProject() throws Exception {
        project = Project.with(directory, "a1 - make a", "b1 a1 make b");
    }

    private void breakTheSecond() throws Exception {
        Path file = directory.resolve("revisions/b1.sql");
        Files.writeString(file, Files.readString(file).replace("id INTEGER PRIMARY KEY", "broken broken broken,,"));
    }

    @Test
    void aRunThatIsOneTransactionLeavesNothing() throws Exception {
        breakTheSecond();

        Run run = project.run("upgrade", "--transaction=run");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("The whole run was rolled back");
        assertThat(project.run("current").out()).isEmpty();
        assertThat(project.run("upgrade").status()).isEqualTo(1);
        assertThat(project.run("current").out()).startsWith("a1");
    }

    @Test
    void theConfigurationSaysHowAndFlagsWin() throws Exception {
        breakTheSecond();
        project.configure("locations = [\"revisions\"]\nurl = \"sqlite:///" + directory.resolve("app.db")
                + "\"\ntransaction = \"run\"\nlock-timeout = \"2s\"\nlock-attempts = 2\nrefuse-edited = true\n");

        assertThat(project.run("upgrade").err()).contains("The whole run was rolled back");
        assertThat(project.run("upgrade", "--transaction=revision").err()).contains("The revision was rolled back");
        project.revision("a1 - make a, edited");
        assertThat(project.run("upgrade").err())
                .contains("A revision was edited after it was applied here:\n  a1 (a1.sql)");
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThat(project.run("upgrade", "--transaction=some").err())
                .contains("transaction must be revision (one for each), run (one for all) or none, not 'some'.");
        assertThat(project.run("upgrade", "--lock-timeout=5").err())
                .contains(
                        "lock-timeout must be a duration above 0 and below 24 days, such as 500ms, 5s or 2min, not '5'.");
        assertThat(project.run("upgrade", "--statement-timeout=0s").err())
                .contains("statement-timeout must be a duration");
        assertThat(project.run("upgrade", "a1:b1").err())
                .contains("'a1:b1' is a range FROM:TO, which is for --sql only.");
        assertThat(project.run("upgrade", "--lock-attempts=0").err()).contains("lock-attempts must be at least 1");
        assertThat(project.run("upgrade", "--sql", "--target-version=new").err())
                .contains("--target-version must be a number such as 3.54, not new.");
        assertThat(project.run("upgrade", "--format=oose").err())
                .contains("There is no format 'oose'. Formats: auto, ");
    }

    @Test
    void aScriptForAnOlderVersionRefusesWhatThatDoesNotKnow() throws Exception {
        Path file = directory.resolve("revisions/b1.sql");
        Files.writeString(file, Files.readString(file).replace("DROP TABLE t_b1", "ALTER TABLE t_a1 DROP COLUMN x"));

        assertThat(project.run("downgrade", "--sql", "head:a1", "--target-version=3.34")
                        .err())
                .contains("Revision b1, b1.sql:9:1: ALTER TABLE DROP requires SQLite 3.35 or later, but the script"
                        + " is for 3.34.");
        assertThat(project.run("downgrade", "--sql", "head:a1", "--target-version=3.35")
                        .out())
                .contains("DROP COLUMN x;");
    }

    @Test
    void theCommandsWorkOnAnotherToolsRevisions() throws Exception {
        Path goose = Files.createDirectories(directory.resolve("goose"));
        Files.writeString(
                goose.resolve("00001_one.sql"),
                "-- +goose Up\nCREATE TABLE one (id INTEGER);\n-- +goose Down\nDROP TABLE one;\n");
        Files.writeString(
                goose.resolve("00002_two.sql"),
                "-- +goose Up\nCREATE TABLE two (id INTEGER);\n-- +goose Down\nDROP TABLE two;\n");
        String[] place = {"--location=" + goose, "--format=goose"};

        assertThat(project.run("history", place[0], place[1]).out().lines())
                .containsExactly("00001 -> 00002 (head), two", "<base> -> 00001, one");
        assertThat(project.run("upgrade", place[0], place[1]).out().lines())
                .containsExactly("upgrade <base> -> 00001, one", "upgrade 00001 -> 00002, two");
        assertThat(project.run("current", place[0], "--format=auto", "-v").out())
                .contains("00002", "00002_two.sql")
                .doesNotContain("Edited");
        assertThat(project.run("downgrade", "-1", place[0], place[1]).status()).isZero();
        assertThat(project.run("upgrade", "--sql", "00001:head", place[0], place[1])
                        .out())
                .contains("CREATE TABLE two (id INTEGER);");
        assertThat(project.run("revision", "-m", "three", place[0], place[1]).err())
                .contains(
                        "These revisions have the format goose, whose own tool writes new ones. Nothing was written.");
        project.configure("locations = [\"goose\"]\nformat = \"goose\"\nurl = \"sqlite:///"
                + directory.resolve("app.db") + "\"\n");
        assertThat(project.run("stamp", "head").out()).contains("The version is 00002.");
    }
}
