package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --since}, on repositories that the git command makes. */
@Tag("clients")
class SinceTests {

    private static int checked;

    @TempDir
    Path repository = Path.of("");

    private Path directory = Path.of("");

    @AfterAll
    static void countTheCases() {
        System.out.println("clients: " + checked + " runs since a reference of git checked");
    }

    @BeforeEach
    void twoRevisionsAreCommitted() throws Exception {
        requireGit();
        directory = Files.createDirectories(repository.resolve("app/migrations"));
        revision("000001", "CREATE TABLE readers (id integer PRIMARY KEY, note text);", "DROP TABLE readers;");
        revision("000002", "CREATE INDEX ix_note ON readers (note);", "SELECT 1;");
        git("init", "--quiet");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first");
    }

    private void requireGit() throws InterruptedException {
        try {
            assertThat(new ProcessBuilder("git", "--version").start().waitFor()).isZero();
        } catch (IOException e) {
            if (Boolean.getBoolean("turnstone.lanes.required")) {
                throw new AssertionError("The lane clients needs git.", e);
            }
            Assumptions.abort("The lane clients needs git, which is not there.");
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void revision(String version, String up, String down) throws IOException {
        Files.writeString(directory.resolve(version + "_step.up.sql"), up + "\n");
        Files.writeString(directory.resolve(version + "_step.down.sql"), down + "\n");
    }

    private CommandLineRun since(String reference) {
        checked++;
        return CommandLineRun.of(
                "verify",
                directory.toString(),
                "--dialect",
                "sqlite",
                "--scenario",
                "up-down-up",
                "--since",
                reference,
                "--json");
    }

    @Test
    void only_new_revisions_are_looked_at_and_the_others_are_counted() throws IOException {
        revision("000003", "CREATE INDEX ix_both ON readers (id, note);", "SELECT 1;");
        CommandLineRun run = since("HEAD");
        assertThat(run.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith("up-down-up sqlite 000003 "))
                .contains("up-down-up sqlite 000003 leftover index ix_both error");
        assertThat(run.json().path("skipped"))
                .filteredOn(skip -> !skip.path("revision").isNull())
                .extracting(skip -> skip.path("revision").asText())
                .containsExactly("000001", "000002");
        assertThat(run.json().at("/skipped/0/reason").asText()).contains("HEAD", "--since");
    }

    @Test
    void nothing_new_is_no_finding() {
        CommandLineRun run = since("HEAD");
        assertThat(run.findings()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void a_revision_that_was_edited_since_is_an_error_for_its_downgrade_too() throws IOException {
        revision("000002", "CREATE INDEX ix_note ON readers (note);", "DROP INDEX ix_note;");
        CommandLineRun run = since("HEAD");
        assertThat(run.findings()).containsExactly("policies sqlite 000002 edited revision 000002 error");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.json().at("/findings/0/message").asText()).contains("000002", "HEAD");
    }

    @Test
    void a_revision_that_is_gone_is_an_error() throws IOException {
        Files.delete(directory.resolve("000002_step.up.sql"));
        Files.delete(directory.resolve("000002_step.down.sql"));
        assertThat(since("HEAD").findings()).containsExactly("policies sqlite 000002 edited revision 000002 error");
    }

    @Test
    void a_reference_that_git_does_not_know_is_said() {
        CommandLineRun run = since("no-such-branch");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().at("/error/message").asText()).contains("no commit 'no-such-branch'");
        assertThat(since("--output=x").json().at("/error/message").asText()).contains("no commit");
    }

    @Test
    void a_directory_that_was_not_there_is_all_new() throws Exception {
        directory = Files.createDirectories(repository.resolve("other"));
        revision("000001", "CREATE TABLE readers (id integer PRIMARY KEY);", "DROP TABLE readers;");
        CommandLineRun run = since("HEAD");
        assertThat(run.findings()).isEmpty();
        assertThat(run.json().path("skipped")).isEmpty();
    }
}
