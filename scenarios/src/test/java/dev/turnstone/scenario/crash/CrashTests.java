package dev.turnstone.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.format.DbmateSource;
import dev.turnstone.format.GooseSource;
import dev.turnstone.scenario.History;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.Format;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTests {

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private ScenarioContext context(String history, Format format, String dialect) {
        return context(History.of(history).load(format, directory.resolve(format.label())), dialect);
    }

    private ScenarioContext context(Scripts scripts, String dialect) {
        return bench.context(scripts, dialect, ScenarioOptions.DEFAULT);
    }

    private List<String> findings(ScenarioContext context) {
        return bench.findings("crash", context);
    }

    private Path write(String... namesAndTexts) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("files"));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
        }
        return folder;
    }

    private static Scripts load(RevisionSource source) {
        return Scripts.load(List.of(source));
    }

    /** Rows that hold the time, chance, or a number of a sequence are others at each run, and that is no defect. */
    @Test
    void rows_that_are_others_at_each_run_are_compared_by_their_number() {
        String history = """
                # 1 up
                CREATE TABLE log (id serial, at timestamptz DEFAULT clock_timestamp(), dice double precision DEFAULT random());
                CREATE TABLE numbers (id serial, name text);
                # 2 up
                INSERT INTO log DEFAULT VALUES;
                INSERT INTO numbers (name) VALUES ('one');
                # 3 header
                -- no transaction
                # 3 up
                CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON log (id);
                %s
                """;

        assertThat(findings(
                        context(history.formatted("DELETE FROM log WHERE id > 100;"), Format.TURNSTONE, "postgresql")))
                .isEmpty();
        assertThat(findings(
                        context(history.formatted("INSERT INTO log DEFAULT VALUES;"), Format.TURNSTONE, "postgresql")))
                .containsExactly("000003 half-done row log error");
    }

    @Test
    void sqlites_clock_is_no_defect_either() {
        String history = """
                # 1 up
                CREATE TABLE log (id integer PRIMARY KEY, at text DEFAULT (strftime('%f', 'now')),
                    dice integer DEFAULT (random()));
                # 2 header
                -- no transaction
                # 2 up
                INSERT INTO log (id) VALUES (1) ON CONFLICT DO NOTHING;
                VACUUM;
                # 3 up
                INSERT INTO log (id) VALUES (2);
                """;

        assertThat(findings(context(history, Format.TURNSTONE, "sqlite"))).isEmpty();
    }

    /** The engine clears it away for a revision in its own format; another tool would not. */
    @Test
    void the_invalid_index_that_if_not_exists_passes_over_is_found_in_other_tools_files() {
        String history = """
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, email text);
                # 2 header
                -- no transaction
                # 2 up
                CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix_readers_email ON readers (email);
                """;

        List<Outcome> outcomes = bench.outcomes("crash", context(history, Format.GOLANG_MIGRATE, "postgresql"));

        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000002 half-done index ix_readers_email error");
        assertThat(outcomes.get(1).findings().get(0).message())
                .startsWith("Revision 000002 (step) is left half done after a crash on PostgreSQL. Cut in the middle of"
                        + " 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix_readers_email ON readers (email)'"
                        + " (000002_step.up.sql:1:1), the next upgrade reports success, and differs from an undisturbed"
                        + " one:\n  ~ index ix_readers_email: invalid yes");
        assertThat(outcomes.get(1).findings().get(0).remedy())
                .startsWith("Put DROP INDEX CONCURRENTLY IF EXISTS before it");
        assertThat(findings(context(history, Format.TURNSTONE, "postgresql"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_finding_says_which_cut_leaves_what(String dialect) {
        String history = """
                # 1 header
                -- no transaction
                # 1 up
                CREATE TABLE one (x integer);
                CREATE TABLE two (x integer);
                """;

        List<Outcome> outcomes = bench.outcomes("crash", context(history, Format.TURNSTONE, dialect));

        assertThat(outcomes.get(0).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .startsWith("Revision 000001 cannot go on after a crash on ")
                    .contains("right after 'CREATE TABLE one (x integer)' (20240101_0001_000001_step.sql:4:1)\n"
                            + "    which leaves: + table one")
                    .contains("right after 'CREATE TABLE two (x integer)' (20240101_0001_000001_step.sql:5:1)\n"
                            + "    which leaves: + table one")
                    .contains("\n    the next upgrade fails at 20240101_0001_000001_step.sql:4:1: ")
                    .contains("already exists")
                    .doesNotContain("right after a commit")
                    .doesNotContain("before it left anything");
            assertThat(finding.remedy()).startsWith("Let it run in one transaction; or guard each statement");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void files_of_dbmate_and_goose_are_cut_too(String dialect) throws IOException {
        String vacuum = "VACUUM;\n";
        String twice = "CREATE TABLE two (x integer);\nINSERT INTO one VALUES (1);\n";
        Scripts dbmate = load(DbmateSource.of(write(
                "20240101000001_one.sql",
                "-- migrate:up\nCREATE TABLE one (x integer);\n\n-- migrate:down\nDROP TABLE one;\n",
                "20240101000002_two.sql",
                "-- migrate:up transaction:false\n" + vacuum + twice + "\n-- migrate:down\nDROP TABLE two;\n")));
        assertThat(findings(context(dbmate, dialect)))
                .containsExactly("20240101000002 not-resumable revision 20240101000002 error");

        Scripts goose = load(GooseSource.of(write(
                "20240101000001_one.sql",
                "-- +goose Up\nCREATE TABLE one (x integer);\n\n-- +goose Down\nDROP TABLE one;\n",
                "20240101000002_two.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n" + vacuum
                        + "CREATE TABLE IF NOT EXISTS two (x integer);\n\n-- +goose Down\nDROP TABLE two;\n")));
        assertThat(findings(context(goose, dialect))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_revision_that_fails_is_said_to_fail_and_the_others_are_cut(String dialect) {
        String history = """
                # 1 up
                CREATE TABLE one (x integer);
                # 2 up
                CREATE TABLE one (x integer);
                # 3 header
                -- no transaction
                # 3 up
                CREATE TABLE three (x integer);
                """;

        assertThat(findings(context(history, Format.TURNSTONE, dialect)))
                .containsExactly("000002 up-fails revision 000002 error", "000003 not-resumable revision 000003 error");
    }
}
