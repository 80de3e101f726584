package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a project decides about its history: policies, skipped revisions, and how far back downgrades are tried. */
class ProjectDecisionsTests {

    @TempDir
    Path project = Path.of("");

    private Path migrations = Path.of("");

    @BeforeEach
    void threeRevisions() throws IOException {
        migrations = Files.createDirectories(project.resolve("migrations"));
        file("migrations/000001_readers.up.sql", "CREATE TABLE readers (id integer PRIMARY KEY, email text);");
        file(
                "migrations/000002_email.up.sql",
                "ALTER TABLE readers DROP COLUMN email; CREATE INDEX by_id ON readers (id);");
        file("migrations/000002_email.down.sql", "DROP INDEX by_id; ALTER TABLE readers ADD COLUMN email text;");
        file("migrations/000003_loans.up.sql", "CREATE TABLE loans (id integer);");
        file("migrations/000003_loans.down.sql", "SELECT 1;");
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(project.resolve(name), text + "\n");
    }

    private CommandLineRun verify(String scenario, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("verify", migrations.toString(), "--dialect", "sqlite", "--scenario", scenario));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private String[] withConfig(String toml, String... more) throws IOException {
        file("turnstone.toml", toml);
        List<String> options = new ArrayList<>(
                List.of("--config", project.resolve("turnstone.toml").toString(), "--json"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    private static List<String> skipped(CommandLineRun run) {
        return StreamSupport.stream(run.json().path("skipped").spliterator(), false)
                .map((JsonNode skip) -> skip.path("scenario").asText() + " "
                        + skip.path("revision").asText() + " "
                        + skip.path("reason").asText())
                .toList();
    }

    @Test
    void policies_hold_without_any_setting_and_only_errors_fail_the_run() {
        CommandLineRun run = verify("policies", "--json");
        assertThat(run.findings())
                .containsExactly(
                        "policies sqlite 000001 down-missing revision 000001 warning",
                        "policies sqlite 000002 not-additive column readers.email warning",
                        "policies sqlite 000002 misnamed index by_id warning");
        assertThat(run.status()).isZero();
    }

    @Test
    void the_file_sets_them() throws IOException {
        CommandLineRun run = verify("policies", withConfig("""
                        [policies]
                        not-additive = "error"
                        down-missing = "off"
                        forbid = ["add table", "drop index"]
                        files = "\\\\d{6}_[a-k]+\\\\.up\\\\.sql"

                        [policies.names]
                        index = "by_%(column_0_name)s"
                        """));
        assertThat(run.findings())
                .containsExactly(
                        "policies sqlite 000001 file-misnamed revision 000001 warning",
                        "policies sqlite 000001 forbidden table readers error",
                        "policies sqlite 000002 file-misnamed revision 000002 warning",
                        "policies sqlite 000002 not-additive column readers.email error",
                        "policies sqlite 000003 file-misnamed revision 000003 warning",
                        "policies sqlite 000003 forbidden table loans error");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void an_option_overrides_the_file() throws IOException {
        CommandLineRun run = verify(
                "policies",
                withConfig(
                        "[policies]\nnot-additive = \"error\"\n",
                        "--policy",
                        "not-additive=info",
                        "--policy",
                        "misnamed=off",
                        "--policy",
                        "forbid=drop column"));
        assertThat(run.findings())
                .containsExactly(
                        "policies sqlite 000001 down-missing revision 000001 warning",
                        "policies sqlite 000002 not-additive column readers.email info",
                        "policies sqlite 000002 forbidden column readers.email error");
    }

    @Test
    void the_minimum_downgrade_and_skips_are_shown_with_their_reasons() throws IOException {
        CommandLineRun run = verify("up-down-up", withConfig("""
                        [verify]
                        min-downgrade = "000001"

                        [verify.skip]
                        000003 = "see ticket 7"
                        """));
        assertThat(run.findings()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(skipped(run))
                .contains(
                        "up-down-up 000001 Nothing is taken back below 000001, the minimum downgrade revision.",
                        "up-down-up 000003 Skipped: see ticket 7");
        assertThat(verify("up-down-up", "--json").findings())
                .contains(
                        "up-down-up sqlite 000001 down-missing revision 000001 warning",
                        "up-down-up sqlite 000003 leftover table loans error");
    }

    @Test
    void options_do_the_same_and_a_person_sees_what_was_skipped() {
        CommandLineRun run = verify("up-down-up,rows", "--min-downgrade", "000002", "--skip", "000003=see ticket 7");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(
                        "skipped 000001, 000002 (up-down-up, rows): Nothing is taken back below 000002",
                        "skipped 000003 (up-down-up, rows): Skipped: see ticket 7")
                .containsPattern("up-down-up +.*skipped");
    }

    @Test
    void where_each_dialect_has_a_directory_a_revision_may_be_in_one_of_them() throws IOException {
        Path other = Files.createDirectories(project.resolve("other"));
        file("other/1_x.up.sql", "CREATE TABLE x (id integer);");
        CommandLineRun run = CommandLineRun.of(
                "verify",
                "--dialect",
                "sqlite=" + migrations,
                "--dialect",
                "postgresql=" + other,
                "--scenario",
                "up-down-up",
                "--skip",
                "000003=old",
                "--skip",
                "1=new",
                "--min-downgrade",
                "000001",
                "--json");
        assertThat(run.findings()).isEmpty();
        assertThat(skipped(run)).contains("up-down-up 000003 Skipped: old", "up-down-up 1 Skipped: new");
    }

    private CommandLineRun compare(String... options) throws IOException {
        Path both = Files.createDirectories(project.resolve("both"));
        file("both/20240101_0001_a1_x.sql", """
                -- revision: a1
                -- upgrade sqlite
                CREATE TABLE readers (id integer PRIMARY KEY, name text, n smallint);
                -- upgrade postgresql
                CREATE TABLE readers (id integer PRIMARY KEY, name text, n bigint);
                CREATE INDEX idx_readers_trgm ON readers (name);
                -- downgrade
                DROP TABLE readers;
                """);
        List<String> arguments = new ArrayList<>(List.of("verify", both.toString(), "--scenario", "cross-dialect"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--json")) {
            arguments.add("--json");
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void a_difference_between_the_dialects_that_is_meant_is_info_with_the_reason() throws IOException {
        assertThat(compare().findings())
                .containsExactly("cross-dialect both null missing index idx_readers_trgm error");
        CommandLineRun excepted = compare("--except", "index idx_*_trgm=SQLite has none");
        assertThat(excepted.findings()).containsExactly("cross-dialect both null missing index idx_readers_trgm info");
        assertThat(excepted.status()).isZero();
        assertThat(excepted.json().at("/findings/0/message").asText()).contains("It is meant so: SQLite has none");
        assertThat(compare(withConfig("[cross-dialect.except]\n\"any idx_*\" = \"SQLite has none\""))
                        .findings())
                .containsExactly("cross-dialect both null missing index idx_readers_trgm info");
        assertThat(compare("--except", "index ix_*_trgm=SQLite has none").status())
                .isEqualTo(1);
    }

    @Test
    void how_closely_dialects_are_compared_can_be_set() throws IOException {
        String name = "index idx_*=none";
        assertThat(compare("--strictness", "strict", "--except", name).findings())
                .contains("cross-dialect both null differs column readers.n error");
        assertThat(compare(withConfig("[cross-dialect]\nstrictness = \"lenient\"", "--except", name))
                        .findings())
                .containsExactly("cross-dialect both null missing index idx_readers_trgm info");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policies = 'error'|'policies' is a table",
                "[policies]\\nmisnmed = 'error'|Did you mean 'misnamed'?",
                "[policies]\\nmisnamed = true|error, warning, info or off, not 'true'",
                "[policies.names]\\nview = 'v'|There is no policy 'names.view'",
                "[verify]\\nmin-downgrad = '1'|has no key 'min-downgrad'",
                "[verify]\\nskip = ['000001']|'skip' is a table",
                "[verify.skip]\\n000001 = ''|[verify.skip]: Revision 000001 cannot be skipped without a reason",
                "[verify.skip]\\n000009 = 'old'|'000009' to skip",
                "[verify]\\nmin-downgrade = '000009'|The minimum downgrade revision '000009'",
                "[cross-dialect]\\nstrictness = 'very'|lenient, standard or strict, not 'very'",
                "[cross-dialect]\\nexcepts = 'x'|Known keys: strictness, except",
                "[cross-dialect.except]\\nidx = 'x'|'idx' does not name an object",
                "[cross-dialect.except]\\n'idx a' = 'x'|does not start with a kind of object",
                "[cross-dialect.except]\\n'index a' = ''|An exception needs a reason",
                "[polices]\\nmisnamed = 'error'|Closest match: 'policies'",
            })
    void what_the_file_says_wrongly_is_told(String toml, String words) throws IOException {
        CommandLineRun run =
                verify("up-down-up", withConfig(toml.replace("\\n", "\n").replace('\'', '"')));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.json().at("/error/message").asText()).contains(words);
    }
}
