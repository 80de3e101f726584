package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTests {

    @TempDir
    Path directory = Path.of("");

    @Test
    void anUnknownKeyIsRefusedWithTheClosest() throws Exception {
        assertThat(failure("version_table = \"v\"\n"))
                .contains("turnstone.toml has an unknown key 'version_table'. Closest match: 'version-table'. Known"
                        + " keys: url, locations,");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() throws Exception {
        assertThat(failure("url = 5\n")).contains("'url' is a string, such as url = \"…\", not 5.");
        assertThat(failure("allow-non-empty = \"yes\"\n")).contains("'allow-non-empty' is true or false, not \"yes\".");
        assertThat(failure("locations = \"here\"\n"))
                .contains("'locations' is a list of strings, such as locations = [\"…\"], not \"here\".");
    }

    @Test
    void whatIsNoTomlIsRefusedWithItsLine() throws Exception {
        assertThat(failure("locations = []\nurl =\n")).contains("turnstone.toml:2 is not valid TOML");
    }

    @Test
    void tooDeepNestingIsRefusedWithItsLine() throws Exception {
        assertThat(failure("# a\nlocations = " + "[".repeat(100_000) + "\n# b\n"))
                .contains("turnstone.toml:2 is not valid TOML");
        assertThat(failure("# a\n\n" + "a.".repeat(50_000) + "b = 1\n# b\n"))
                .contains("turnstone.toml:3 is not valid TOML");
        assertThat(failure("# a\nx = " + "{a=".repeat(100_000) + "\n")).contains("turnstone.toml:2 is not valid TOML");
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithTheReason() throws Exception {
        Files.write(directory.resolve("latin.toml"), new byte[] {'#', (byte) 0xe9});
        Files.createDirectories(directory.resolve("folder.toml"));

        assertUnreadable("none.toml", "the file does not exist. Correct the path.");
        assertUnreadable("latin.toml", "it is not text in UTF-8. Save it in that encoding.");
        assertUnreadable("folder.toml", "it is a directory. Name a file.");
    }

    private void assertUnreadable(String name, String reason) {
        Path file = directory.resolve(name);
        Run run = Run.of("heads", "--config", file.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("turnstone: The configuration " + file + " cannot be read: " + reason);
    }

    @Test
    void withoutADatabaseTheMessageSaysHowToNameOne() throws Exception {
        Project project = Project.with(directory, "a1 - make a");
        project.configure("locations = [\"revisions\"]\n");

        assertThat(project.run("current").status()).isEqualTo(2);
        assertThat(project.run("current").err())
                .contains("No database is named. Pass --url URL, set DATABASE_URL, or write url");
    }

    private String failure(String toml) throws Exception {
        Project project = Project.with(directory);
        project.configure(toml);
        Run run = project.run("heads");
        assertThat(run.status()).isEqualTo(2);
        return run.err();
    }
}
