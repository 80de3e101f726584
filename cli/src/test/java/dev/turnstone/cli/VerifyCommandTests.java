package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTests {

    @TempDir
    Path directory = Path.of("");

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void readers() throws IOException {
        file("000001_readers.up.sql", "CREATE TABLE readers (id integer PRIMARY KEY, email text);\n");
        file("000001_readers.down.sql", "DROP TABLE readers;\n");
    }

    private CommandLineRun verify(String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", directory.toString()));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void assertCouldNotRun(CommandLineRun run, String kind, String... words) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().at("/error/kind").asText()).isEqualTo(kind);
        assertThat(run.json().at("/error/message").asText()).contains(words);
    }

    @Test
    void warnings_do_not_fail_a_run() throws IOException {
        readers();
        CommandLineRun run = verify("--dialect", "sqlite", "--json");
        assertThat(run.findings())
                .containsExactly(
                        "idempotent-rerun sqlite 000001 rerun-fails revision 000001 warning",
                        "idempotent-rerun sqlite 000001 down-rerun-fails revision 000001 info");
        assertThat(run.status()).isZero();
        assertThat(run.json().path("format").asText()).isEqualTo("golang-migrate");
        assertThat(run.json().path("revisions").asInt()).isEqualTo(1);
        assertThat(run.json().at("/dialects/0").asText()).isEqualTo("sqlite");
        assertThat(run.json().path("server").asText()).startsWith("SQLite");
        assertThat(verify("--dialect", "sqlite", "--idempotent-bodies", "required", "--json")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void a_person_gets_errors_in_full_and_a_table() throws IOException {
        readers();
        file("000001_readers.down.sql", "DROP TABLE reader;\n");
        CommandLineRun run = verify("--dialect", "sqlite", "--scenario", "up-down-up");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("down-fails", "no such table: reader", "1 failed");
    }

    @Test
    void crash_runs_where_it_is_named() throws IOException {
        file("000001_readers.up.sql", "VACUUM;\nCREATE TABLE readers (id integer);\n");
        file("000001_readers.down.sql", "DROP TABLE readers;\n");

        assertThat(verify("--dialect", "sqlite").out()).doesNotContain("not-resumable");
        CommandLineRun named = verify("--dialect", "sqlite", "--scenario", "crash");
        assertThat(named.status()).isEqualTo(1);
        assertThat(named.out()).contains("not-resumable", "right after 'CREATE TABLE readers (id integer)'");
    }

    @Test
    void the_lock_timeout_is_that_of_upgrade_and_of_the_projects_file() throws IOException {
        readers();
        file("000002_age.up.sql", "ALTER TABLE readers ADD COLUMN age integer;\n");
        file("000002_age.down.sql", "ALTER TABLE readers DROP COLUMN age;\n");
        Path settings = Files.writeString(directory.resolve("settings.toml"), "lock-timeout = \"2s\"\n");
        String[] locks = {"--dialect", "postgresql", "--scenario", "locks", "--json"};

        assertThat(verify(locks).json().at("/findings/0/class").asText()).isEqualTo("blocks-readers");
        for (String[] more : new String[][] {{"--lock-timeout", "2s"}, {"--config", settings.toString()}}) {
            CommandLineRun run =
                    verify(Stream.concat(Stream.of(locks), Stream.of(more)).toArray(String[]::new));
            assertThat(run.json().path("findings")).as(more[0]).isEmpty();
        }
        assertCouldNotRun(verify("--lock-timeout", "soon", "--json"), "bad-option", "lock-timeout", "soon");
    }

    @Test
    void locks_are_warnings_where_they_are_named() throws IOException {
        readers();
        file("000002_age.up.sql", "ALTER TABLE readers ALTER COLUMN email TYPE integer USING length(email);\n");
        file("000002_age.down.sql", "ALTER TABLE readers ALTER COLUMN email TYPE text;\n");

        CommandLineRun run = verify("--dialect", "postgresql", "--scenario", "locks", "--json");
        assertThat(run.status()).isZero();
        assertThat(run.json().path("findings")).hasSize(1);
        assertThat(run.json().at("/findings/0/class").asText()).isEqualTo("rewrites-table");
        assertThat(run.json().at("/findings/0/revision").asText()).isEqualTo("000002");
        assertThat(run.json().at("/findings/0/object/kind").asText()).isEqualTo("table");
        assertThat(run.json().at("/findings/0/object/name").asText()).isEqualTo("readers");
        assertThat(run.json().at("/findings/0/severity").asText()).isEqualTo("warning");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario|up-down-sideways|bad-option|There is no scenario 'up-down-sideways'",
                "--format|flyweight|bad-option|There is no format 'flyweight'",
                "--format|flyway|bad-option|No migrations of the format flyway",
                "--format|sql-migrate|bad-option|No migrations of the format sql-migrate",
                "--report|pdf|bad-option|There is no report 'pdf'",
                "--dialect|oracle|bad-option|There is no dialect 'oracle'",
                "--dialect|sqlite=here|bad-option|Either each --dialect has its own directory",
                "--since|no-such-branch|bad-option|--since",
                "--before|x.sql|bad-option|There is no file x.sql",
                "--sqlite-extension|x.so|invalid-setting|does not exist",
                "--idempotent-bodies|maybe|bad-option|by-format or required",
                "--policy|misnamed=fatal|bad-option|error, warning, info or off",
                "--policy|misnmed=error|bad-option|Did you mean 'misnamed'?",
                "--config|none.toml|bad-option|none.toml cannot be read",
                "--min-downgrade|000009|bad-option|'000009'",
                "--skip|000009=old|bad-option|'000009'",
                "--skip|000001=|bad-option|without a reason",
                "--skip|000001|usage|--skip",
                "--timeout|soon|bad-option|'soon' is not a duration",
                "--timeout|0s|bad-option|above 0",
                "--url|sqlite:///x.db|invalid-setting|not a PostgreSQL server",
                "--frobnicate|1|usage|--frobnicate",
            })
    void what_is_asked_wrongly_is_one_object_and_status_2(String option, String value, String kind, String words)
            throws IOException {
        readers();
        assertCouldNotRun(verify("--dialect", "sqlite", option, value, "--json"), kind, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--except|--except must be OBJECT=REASON, such as \"index idx_*_trgm=SQLite has none\", not 'foo'.",
                "--placeholder|--placeholder must be NAME=VALUE, such as schema=app, not 'foo'.",
                "--policy|--policy must be NAME=VALUE, such as misnamed=off, not 'foo'.",
                "--skip|--skip must be REVISION=REASON, such as c41d7be0a2f5=\"needs a newer server\", not 'foo'.",
            })
    void a_name_without_its_value_is_refused_with_an_example(String option, String message) {
        assertThat(verify(option, "foo").err()).startsWith(message + System.lineSeparator() + "Try '");
        assertCouldNotRun(verify(option, "foo", "--json"), "usage", message);
    }

    @Test
    void an_unknown_scenario_is_reported_on_standard_error_without_json() throws IOException {
        readers();
        CommandLineRun run = verify("--scenario", "model");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("There is no scenario 'model'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--json", "verfy --json", "--nonsense --json", "verify a b c --json", "verify --dialect --json"})
    void usage_errors_are_one_object_too(String line) {
        assertCouldNotRun(CommandLineRun.of(line.split(" ")), "usage", "n");
    }

    @Test
    void a_directory_without_migrations_is_named() {
        assertCouldNotRun(verify("--json"), "bad-option", "recognises no migrations", directory.toString());
        assertCouldNotRun(
                CommandLineRun.of("verify", directory.resolve("nowhere").toString(), "--json"),
                "bad-option",
                "There is no directory");
    }

    @Test
    void mixed_formats_are_told_apart() throws IOException {
        readers();
        file("20240101_0001_a1_x.sql", "-- revision: a1\n-- upgrade\nSELECT 1;\n-- downgrade\nSELECT 1;\n");
        assertCouldNotRun(verify("--json"), "bad-option", "several formats", "golang-migrate: 2", "turnstone: 1");
        assertThat(verify("--format", "turnstone", "--scenario", "fresh-install", "--dialect", "sqlite", "--json")
                        .json()
                        .path("revisions")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'id integer, at jsonb', postgresql", "'id integer PRIMARY KEY AUTOINCREMENT', sqlite"})
    void the_dialect_is_told_by_the_sql(String columns, String dialect) throws IOException {
        file("1_a.up.sql", "CREATE TABLE a (" + columns + ");");
        file("1_a.down.sql", "DROP TABLE a;");
        CommandLineRun run = verify("--scenario", "fresh-install", "--json");
        assertThat(run.status()).isZero();
        assertThat(run.json().at("/dialects/0").asText()).isEqualTo(dialect);
    }

    @Test
    void sql_of_no_dialect_asks_for_it() throws IOException {
        readers();
        assertCouldNotRun(verify("--json"), "bad-option", "--dialect sqlite or --dialect postgresql");
    }

    @Test
    void our_own_format_runs_on_both_dialects() throws IOException {
        file("20240101_0001_a1_x.sql", "-- revision: a1\n-- upgrade\nSELECT 1;\n-- downgrade\nSELECT 1;\n");
        CommandLineRun run = verify("--json");
        assertThat(run.status()).isZero();
        assertThat(run.json().path("dialects")).hasSize(2);
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void each_dialect_can_have_a_directory_of_its_own() throws IOException {
        file("lite/1_a.up.sql", "CREATE TABLE a (id integer PRIMARY KEY);");
        file("lite/1_a.down.sql", "DROP TABLE a;");
        file("pg/1_a.up.sql", "CREATE TABLE a (id integer PRIMARY KEY, note text);");
        file("pg/1_a.down.sql", "DROP TABLE a;");
        file("pg/2_b.up.sql", "CREATE SEQUENCE b;");
        file("pg/2_b.down.sql", "DROP SEQUENCE b;");
        CommandLineRun run = CommandLineRun.of(
                "verify",
                "--dialect",
                "sqlite=" + directory.resolve("lite"),
                "--dialect",
                "postgresql=" + directory.resolve("pg"),
                "--scenario",
                "cross-dialect,up-down-up",
                "--json");
        assertThat(run.findings())
                .containsExactly(
                        "cross-dialect both null missing column a.note error",
                        "cross-dialect both null no-counterpart sequence b info");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.json().path("revisions").asInt()).isEqualTo(3);
        assertThat(run.json().path("dialects")).hasSize(2);
        assertThat(run.json().path("server").asText())
                .containsOnlyOnce("SQLite")
                .containsOnlyOnce("PostgreSQL");
    }

    @Test
    void one_dialect_named_twice_with_directories_is_refused() throws IOException {
        file("a/1_a.up.sql", "CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT);");
        String named = "sqlite=" + directory.resolve("a");
        assertCouldNotRun(
                CommandLineRun.of("verify", "--dialect", named, "--dialect", named, "--json"),
                "bad-option",
                "two directories for sqlite");
    }

    @Test
    void a_comparison_of_two_needs_two() throws IOException {
        readers();
        CommandLineRun run = verify("--dialect", "sqlite", "--scenario", "cross-dialect", "--json");
        assertThat(run.status()).isZero();
        assertThat(run.json().at("/skipped/0/reason").asText()).contains("Only SQLite was asked for");
    }

    @Test
    void a_page_is_written_and_its_place_said_beside_the_object() throws IOException {
        readers();
        Path reports = directory.resolve("reports");
        CommandLineRun run =
                verify("--dialect", "sqlite", "--report", "html", "--report-directory", reports.toString(), "--json");
        assertThat(run.json().has("findings")).isTrue();
        assertThat(run.err()).contains("report: " + reports.resolve("report.html"));
        assertThat(reports.resolve("report.html")).content().contains("golang-migrate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--before|fresh-install|%s",
                "--baseline|stamp-then-noop|%s",
                "--baseline|stamp-then-noop|%s@000001",
                "--seed|rows|000001=%s",
            })
    void a_file_that_is_there_and_cannot_be_read_says_why(
            String option, String scenario, String value, @TempDir Path scripts) throws IOException {
        readers();
        Files.createDirectory(scripts.resolve("folder.sql"));
        Files.write(scripts.resolve("pre.sqlite.sql"), new byte[] {'-', '-', ' ', (byte) 0xe9});
        Map<String, String> reasons = Map.of(
                "folder.sql", "folder.sql of %s cannot be read: it is a directory.".formatted(named(option)),
                "pre.sql", "pre.sqlite.sql of %s cannot be read: it is not text in UTF-8.".formatted(named(option)));
        reasons.forEach((name, words) -> {
            String given = value.formatted(scripts.resolve(name));
            assertCouldNotRun(
                    verify("--dialect", "sqlite", "--scenario", scenario, option, given, "--json"),
                    "bad-option",
                    words);
        });
    }

    private static String named(String option) {
        return option.equals("--seed") ? "--seed (or seed of [verify])" : option;
    }

    @Test
    void a_report_that_has_no_place_is_refused_before_the_run() throws IOException {
        readers();
        file("out", "");
        file("taken/report.html/x", "");
        for (String place : List.of("out", "out/below", "taken")) {
            Path reports = directory.resolve(place);
            CommandLineRun run = verify(
                    "--dialect", "sqlite", "--report", "html", "--report-directory", reports.toString(), "--json");
            assertCouldNotRun(run, "bad-option", "--report-directory " + reports + ": ", "Name a directory");
        }
    }

    @Test
    void a_report_that_cannot_be_written_at_the_end_is_told_beside_the_findings() throws IOException {
        Path reports = directory.resolve("reports");
        readers();
        // The snapshot, which is written during the run, takes the page's place.
        CommandLineRun run = verify(
                "--dialect",
                "sqlite",
                "--report",
                "html",
                "--report-directory",
                reports.toString(),
                "--json",
                "--snapshots",
                reports.resolve("report.html").toString(),
                "--update-snapshots");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().has("findings")).isTrue();
        assertThat(run.err()).contains("turnstone: The report cannot be written to --report-directory " + reports);
        assertThat(reports).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_baseline_can_name_its_revision() throws IOException {
        readers();
        file("000002_phone.up.sql", "ALTER TABLE readers ADD COLUMN phone text;\n");
        file("000002_phone.down.sql", "ALTER TABLE readers DROP COLUMN phone;\n");
        file("schema/schema.txt", "CREATE TABLE readers (id integer PRIMARY KEY, email text);\n");
        String baseline = directory.resolve("schema/schema.txt").toString();
        String[] scenario = {"--dialect", "sqlite", "--scenario", "stamp-then-noop", "--json", "--baseline"};
        assertThat(verify(with(scenario, baseline + "@000001")).findings()).isEmpty();
        assertThat(verify(with(scenario, baseline)).findings())
                .containsExactly("stamp-then-noop sqlite 000002 stamped-differs column readers.phone error");
        assertCouldNotRun(
                verify(with(scenario, baseline + "@000009")),
                "unknown-revision",
                "--baseline " + baseline + "@000009: No revision has the id or label '000009'",
                "Known revisions: 000002, 000001.");
        assertCouldNotRun(verify(with(scenario, baseline + ".gone")), "baseline-not-found", "schema.txt.gone");
    }

    private static String[] with(String[] options, String last) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(last);
        return all.toArray(String[]::new);
    }
}
