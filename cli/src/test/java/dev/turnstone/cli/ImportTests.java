package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImportTests {

    @TempDir
    Path directory = Path.of("");

    private Path original = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void someHistory() throws IOException {
        original = directory.resolve("original");
        target = directory.resolve("made/revisions");
        file("1_jobs.up.sql", "CREATE TABLE jobs (id integer PRIMARY KEY);\n");
        file("1_jobs.down.sql", "DROP TABLE jobs;\n");
        file("2_state.up.sql", "ALTER TABLE jobs ADD COLUMN state text;\nCREATE INDEX jobs_state ON jobs (state);\n");
        file("2_state.down.sql", "");
        file("3_more.up.sql", "CREATE TABLE more (id integer);\n");
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(original);
        Files.writeString(original.resolve(name), text);
    }

    private Run imported(String... more) {
        return Run.of(
                Stream.concat(Stream.of("import", original.toString(), "--to", target.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_directory_becomes_revision_files_and_the_next_steps_are_said() throws IOException {
        Run run = imported();
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(names())
                .containsExactly("20000101_0000_1_jobs.sql", "20000101_0001_2_state.sql", "20000101_0002_3_more.sql");
        assertThat(run.out())
                .contains(
                        "imported 3 revisions of golang-migrate into " + target,
                        "turnstone verify " + target,
                        "schema_migrations",
                        "turnstone stamp 3 --location " + target);
        assertThat(directory.resolve("made")).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void verify_finds_the_same_in_what_was_imported() {
        imported();
        CommandLineRun before = CommandLineRun.of("verify", original.toString(), "--dialect", "sqlite", "--json");
        CommandLineRun after = CommandLineRun.of("verify", target.toString(), "--dialect", "sqlite", "--json");
        assertThat(before.findings()).anyMatch(finding -> finding.contains("3 down-missing"));
        assertThat(before.findings()).anyMatch(finding -> finding.contains("2 down-empty"));
        assertThat(withoutSeverity(after)).isEqualTo(withoutSeverity(before));
        assertThat(after.json().path("format").asText()).isEqualTo("turnstone");
    }

    private static List<String> withoutSeverity(CommandLineRun run) {
        return run.findings().stream()
                .map(finding -> finding.substring(0, finding.lastIndexOf(' ')))
                .toList();
    }

    @Test
    void a_database_of_the_other_tool_is_taken_over_by_stamp() throws IOException {
        imported();
        String url = "sqlite:///" + directory.resolve("app.db");
        Path theirs = directory.resolve("theirs");
        Files.createDirectories(theirs);
        Files.copy(target.resolve("20000101_0000_1_jobs.sql"), theirs.resolve("1.sql"));
        // What another tool leaves: the schema of its first version, and no table of ours.
        Run.of("upgrade", "--location", theirs.toString(), "--url", url, "--version-table", "schema_migrations");

        Run stamp = Run.of("stamp", "1", "--location", target.toString(), "--url", url);
        assertThat(stamp.status()).as(stamp.err()).isZero();
        Run upgrade = Run.of("upgrade", "--location", target.toString(), "--url", url);
        assertThat(upgrade.out()).isEqualTo("upgrade 1 -> 2, state\nupgrade 2 -> 3, more\n");
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        Files.createDirectories(target);
        assertThat(imported().status()).as("an empty directory is filled").isZero();
        List<String> names = names();
        Files.writeString(target.resolve(names.get(0)), "mine");
        Run run = imported();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(target + " is not empty", "Nothing was written");
        assertThat(target.resolve(names.get(0))).hasContent("mine");
        assertThat(Run.of(
                                "import",
                                original.toString(),
                                "--to",
                                original.resolve("1_jobs.up.sql").toString())
                        .err())
                .contains("is a file");
    }

    @Test
    void what_cannot_be_imported_leaves_nothing() throws IOException {
        file("3_more.up.sql", "INSERT INTO jobs VALUES (1, '\n-- upgrade\n');\n");
        Run run = imported();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("3_more.up.sql:2:1");
        assertThat(directory.resolve("made")).doesNotExist();

        file("3_more.up.sql", "SELECT 'open\n");
        Run unread = imported();
        assertThat(unread.status()).isEqualTo(2);
        assertThat(target).doesNotExist();
        assertThat(directory.resolve("made")).isEmptyDirectory();
    }

    @Test
    void formats_and_placeholders_are_as_in_verify() throws IOException {
        Files.createDirectories(directory.resolve("flyway"));
        Files.writeString(directory.resolve("flyway/V1__a.sql"), "CREATE TABLE ${name} (id integer);\n");
        original = directory.resolve("flyway");
        assertThat(imported().err())
                .contains(
                        "V1__a.sql:1:14",
                        "name",
                        "\nRecognized so far: flyway (1 file: V1__a.sql) in " + original + ".");
        assertThat(imported("--placeholder", "name=jobs").status()).isZero();
        assertThat(Files.readString(target.resolve("20000101_0000_1_a.sql")))
                .contains("CREATE TABLE jobs (id integer);");
        assertThat(imported("--format", "flyweight").status()).isEqualTo(2);

        original = target;
        target = directory.resolve("again");
        assertThat(imported().err()).contains("own format already");
    }

    @Test
    void json_lists_the_files() {
        assertThat(imported("--json").out())
                .contains("\"format\" : \"golang-migrate\"", "\"version\" : \"1\"", "20000101_0002_3_more.sql");
    }

    @Test
    void what_is_read_and_what_is_written_lie_apart() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), original);
        for (Path inside : List.of(original.resolve("sub"), original.resolve("a/b"), link.resolve("sub"))) {
            Run run = Run.of("import", original.toString(), "--to", inside.toString());
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("must not contain each other", "Nothing was written");
        }
        try (Stream<Path> files = Files.list(original)) {
            assertThat(files).hasSize(5);
        }
        Run beside = Run.of("import", original.toString(), "--to", directory + "/original-2");
        assertThat(beside.status()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_umask_decides_who_may_read_what_is_made() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        assertThat(imported().status()).isZero();
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(other));
    }
}
