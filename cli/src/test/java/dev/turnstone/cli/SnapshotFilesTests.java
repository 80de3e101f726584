package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --snapshots}: files are written, compared, missed, and left over. */
class SnapshotFilesTests {

    private static final String MODE = "turnstone.snapshots";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void writeTheHistory() throws IOException {
        System.clearProperty(MODE);
        Files.createDirectories(directory.resolve("migrations"));
        readers("id integer PRIMARY KEY, email text");
    }

    @AfterEach
    void forgetTheMode() {
        System.clearProperty(MODE);
    }

    private void readers(String columns) throws IOException {
        Files.writeString(
                directory.resolve("migrations/000001_readers.up.sql"), "CREATE TABLE readers (" + columns + ");\n");
        Files.writeString(directory.resolve("migrations/000001_readers.down.sql"), "DROP TABLE readers;\n");
    }

    private Path snapshots() {
        return directory.resolve("snapshots");
    }

    private CommandLineRun verify(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                directory.resolve("migrations").toString(),
                "--dialect",
                "sqlite",
                "--scenario",
                "fresh-install",
                "--snapshots",
                snapshots().toString(),
                "--json"));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void a_schema_is_the_one_that_was_written() {
        assertThat(verify("--update-snapshots").status()).isZero();
        assertThat(snapshots().resolve("schema.sqlite.txt")).content().contains("table readers", "column email: TEXT");
        System.setProperty(MODE, "compare");

        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void another_schema_is_found_by_its_differences() throws IOException {
        verify("--update-snapshots");
        System.setProperty(MODE, "compare");
        readers("id integer PRIMARY KEY, email text NOT NULL, born date");
        CommandLineRun run = verify();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.findings())
                .containsExactly(
                        "fresh-install sqlite null snapshot-differs column readers.born error",
                        "fresh-install sqlite null snapshot-differs column readers.email error");
        assertThat(run.json().at("/findings/0/message").asText())
                .isEqualTo("A fresh install on SQLite differs from the snapshot " + snapshots()
                        + "/schema.sqlite.txt:\n  + column readers.born (nullable yes, type DATE)");
        assertThat(run.json().at("/findings/0/remedy").asText())
                .isEqualTo("Where the history is right: Run verify with --snapshots " + snapshots()
                        + " --update-snapshots, look at what changed in the file, and commit it.");
    }

    @Test
    void a_file_that_is_not_there_is_a_finding_where_none_is_written() {
        System.setProperty(MODE, "compare");
        CommandLineRun run = verify();

        assertThat(run.findings())
                .containsExactly("fresh-install sqlite null snapshot-differs revision schema.sqlite.txt error");
        assertThat(run.json().at("/findings/0/message").asText())
                .isEqualTo("There is no snapshot " + snapshots() + "/schema.sqlite.txt.");
        assertThat(snapshots()).doesNotExist();
    }

    @Test
    void a_file_that_nothing_needs_is_named() throws IOException {
        verify("--update-snapshots");
        Path orphan = Files.writeString(snapshots().resolve("loans.sqlite.txt"), "");
        Files.writeString(snapshots().resolve("schema.postgresql.txt"), "");

        assertThat(verify("--update-snapshots").err())
                .contains("note: this run did not use " + orphan + "; delete it if nothing else uses it.")
                .doesNotContain("schema.postgresql.txt");
    }

    @Test
    void a_broken_file_could_not_be_compared() throws IOException {
        verify("--update-snapshots");
        Path file = snapshots().resolve("schema.sqlite.txt");
        Files.writeString(file, Files.readString(file).replace("table readers", "<<<<<<< HEAD\ntable readers"));
        CommandLineRun run = verify();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().at("/error/kind").asText()).isEqualTo("unreadable-snapshot");
        assertThat(run.json().at("/error/message").asText())
                .contains("schema.sqlite.txt", "line 4", "merge conflict")
                .contains("then run verify with --snapshots " + snapshots() + " --update-snapshots: a snapshot is");

        Files.write(file, new byte[] {(byte) 0xe9});
        assertThat(verify().json().at("/error/message").asText())
                .contains("not UTF-8.\nRun verify with --snapshots " + snapshots() + " --update-snapshots to write");
    }

    @Test
    void writing_needs_a_place() {
        CommandLineRun run =
                CommandLineRun.of("verify", directory.resolve("migrations").toString(), "--update-snapshots", "--json");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().at("/error/message").asText())
                .isEqualTo("--update-snapshots needs --snapshots DIR, the directory of the files.");
    }
}
