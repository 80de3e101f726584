package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.format.GolangMigrateSource;
import dev.turnstone.format.LiquibaseSource;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.scenario.cursor.BeforeException;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import dev.turnstone.scenario.offline.Offline;
import dev.turnstone.scenario.rerun.IdempotentRerun;
import dev.turnstone.scenario.roundtrip.FreshInstall;
import dev.turnstone.scenario.roundtrip.StampThenNoop;
import dev.turnstone.scenario.roundtrip.UpDownUp;
import dev.turnstone.scenario.rows.RowsSurvive;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealWorldStatementsTests {

    private static final TestDatabases DATABASES = TestDatabases.with(DatabaseSettings.of(
            Map.of(
                    "turnstone.postgres.source",
                    "embedded",
                    "turnstone.directory",
                    Path.of("target", "turnstone").toAbsolutePath().toString())::get,
            Map.of()));

    private final Path directory;

    RealWorldStatementsTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    private void revision(int number, String up, String down) throws IOException {
        Files.writeString(directory.resolve(number + "_r.up.sql"), up);
        Files.writeString(directory.resolve(number + "_r.down.sql"), down);
    }

    private ScenarioContext context(String dialect, String before) {
        Scripts scripts = Scripts.load(List.of(GolangMigrateSource.of(directory)));
        return new ScenarioContext(
                new BundledEngine(scripts),
                Dialects.named(dialect),
                DATABASES,
                new ScenarioOptions(
                        null,
                        null,
                        name -> new SqlText(before, new Location("before.sql", 1, 1)),
                        IdempotentBodies.BY_FORMAT));
    }

    /** What the scenarios about the schema find, as {@code scenario class revision}, without what is no error; and what they skip. */
    private static List<String> verify(ScenarioContext context) {
        return History.OF_SCHEMA.stream()
                .flatMap(scenario -> {
                    try (ScenarioRun run = scenario.on(context)) {
                        return run.checks().stream().map(Check::run).toList().stream();
                    }
                })
                .flatMap(outcome -> java.util.stream.Stream.concat(
                        outcome.findings().stream()
                                .filter(f -> f.severity() == Severity.ERROR)
                                .map(f -> f.scenario() + " " + f.findingClass().label() + " " + f.revision() + ": "
                                        + f.message() + " " + f.remedy()),
                        outcome.skipped().stream().map(s -> "skipped " + s.scenario() + ": " + s.reason())))
                .toList();
    }

    @Test
    void copy_with_data_and_commands_of_psql() throws IOException, SQLException {
        revision(
                1,
                "\\restrict x'\nCREATE TABLE public.t (a int PRIMARY KEY, b text);\nCOPY public.t FROM stdin;\n1\tdon't;"
                        + "\n2\t\\N\n\\.\nINSERT INTO t VALUES (3, 'x');\n\\unrestrict x'\n",
                "DROP TABLE t;");
        ScenarioContext context = context("postgresql", "");

        assertThat(verify(context)).isEmpty();
        try (TestDatabase database = new HistoryDatabases(context).create();
                ToolSession session = context.tool().on(database);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            session.upgrade("head");
            try (ResultSet rows =
                    statement.executeQuery("SELECT string_agg(coalesce(b, '-'), ',' ORDER BY a) FROM t")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("don't;,-,x");
            }
        }
    }

    @Test
    void an_enum_value_is_used_in_the_file_that_adds_it() throws IOException {
        revision(1, "CREATE TYPE m AS ENUM ('a'); CREATE TABLE t (m m);", "DROP TABLE t; DROP TYPE m;");
        revision(
                2,
                "ALTER TYPE m ADD VALUE 'b'; ALTER TABLE t ALTER m SET DEFAULT 'b';",
                "ALTER TABLE t ALTER m DROP DEFAULT; ALTER TYPE m RENAME TO o; CREATE TYPE m AS ENUM ('a');"
                        + " ALTER TABLE t ALTER m TYPE m USING m::text::m; DROP TYPE o;");

        assertThat(verify(context("postgresql", ""))).isEmpty();
    }

    @Test
    void own_transactions_and_concurrent_indexes() throws IOException {
        revision(1, "BEGIN;\nCREATE TABLE t (a int);\nCOMMIT;", "BEGIN; DROP TABLE t; COMMIT;");
        revision(2, "CREATE INDEX CONCURRENTLY i ON t (a)", "DROP INDEX CONCURRENTLY i");
        revision(3, "", "");
        revision(4, "BEGIN; CREATE TABLE left_open (a int);", "DROP TABLE left_open;");

        assertThat(verify(context("postgresql", ""))).isEmpty();
    }

    @Test
    void catalogs_that_are_asked_by_name_alone_show_no_other_test_database() throws IOException {
        revision(
                1,
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'm') THEN CREATE TYPE m AS ENUM ('a');"
                        + " END IF; END $$; CREATE TABLE t (m m);",
                "DROP TABLE t; DROP TYPE m;");
        revision(
                2,
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND"
                        + " column_name = 'n') THEN ALTER TABLE t ADD COLUMN n int; END IF; END $$;",
                "ALTER TABLE t DROP COLUMN n;");

        assertThat(verify(context("postgresql", ""))).isEmpty();
    }

    @Test
    void what_a_file_sets_does_not_reach_the_next() throws IOException {
        revision(
                1,
                "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.t (a int);",
                "DROP TABLE t;");
        revision(2, "ALTER TABLE t ADD COLUMN b int;", "ALTER TABLE t DROP COLUMN b;");

        assertThat(verify(context("postgresql", ""))).isEmpty();
    }

    @Test
    void roles_go_with_the_database() throws IOException {
        revision(
                1,
                "CREATE ROLE turnstone_real_world; CREATE TABLE t (a int); GRANT SELECT ON t TO turnstone_real_world;",
                "DROP OWNED BY turnstone_real_world; DROP ROLE turnstone_real_world; DROP TABLE t;");

        assertThat(verify(context("postgresql", ""))).isEmpty();
    }

    @Test
    void an_extension_that_the_server_has_not_is_named() throws IOException {
        revision(1, "CREATE EXTENSION no_such_extension;", "DROP EXTENSION no_such_extension;");

        assertThat(verify(context("postgresql", "")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("skipped ")
                        .contains(
                                "The extension no_such_extension, which 1_r.up.sql:1:1 creates, is not installed on"));
    }

    /** {@code check} is asked before a table is made, and holds on an empty database only. */
    private ScenarioContext withPrecondition(String dialect, String onFail, String check) throws IOException {
        Files.writeString(directory.resolve("a.sql"), """
                --liquibase formatted sql
                --changeset a:1
                CREATE TABLE old (x integer);
                --rollback DROP TABLE old;
                --changeset a:2
                --preconditions onFail:%s
                %s
                CREATE TABLE made (x integer);
                --rollback DROP TABLE made;
                --changeset a:3
                ALTER TABLE made ADD COLUMN y integer;
                --rollback ALTER TABLE made DROP COLUMN y;
                """.formatted(onFail, check));
        return new ScenarioContext(
                new BundledEngine(Scripts.load(List.of(LiquibaseSource.of(directory)))),
                Dialects.named(dialect),
                DATABASES,
                ScenarioOptions.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite, HALT",
        "postgresql, HALT",
        "sqlite, MARK_RAN",
        "postgresql, MARK_RAN",
        "sqlite, CONTINUE",
        "sqlite, WARN"
    })
    void a_precondition_that_holds_once_is_no_finding(String dialect, String onFail) throws IOException {
        String catalog = dialect.equals("sqlite")
                ? "sqlite_master WHERE name = 'made'"
                : "information_schema.tables WHERE table_name = 'made'";
        List<Outcome> outcomes = outcomes(
                withPrecondition(
                        dialect, onFail, "--precondition-sql-check expectedResult:0 SELECT count(*) FROM " + catalog),
                new IdempotentRerun(),
                new UpDownUp(),
                new FreshInstall(),
                new StampThenNoop(),
                new RowsSurvive(),
                new Offline());

        assertThat(outcomes.stream()
                        .flatMap(outcome -> outcome.findings().stream())
                        .filter(finding -> finding.revision() != null
                                && finding.revision().value().equals("a:2"))
                        .map(finding -> finding.findingClass().label()))
                .as("Only WARN lets the body run twice; the rollback runs twice in any case.")
                .isEqualTo(
                        onFail.equals("WARN")
                                ? List.of("rerun-fails", "down-rerun-fails")
                                : List.of("down-rerun-fails"));
        assertThat(outcomes.stream()
                        .flatMap(outcome -> outcome.skipped().stream())
                        .map(Skipped::reason))
                .hasSize(onFail.equals("HALT") ? 1 : 0)
                .allSatisfy(reason -> assertThat(reason)
                        .startsWith("Its precondition keeps its body from running a second time. Revision a:2 has a"
                                + " precondition"));
    }

    @ParameterizedTest
    @CsvSource({"sqlite, HALT", "postgresql, HALT", "sqlite, MARK_RAN", "postgresql, CONTINUE"})
    void a_precondition_about_rows_is_no_finding(String dialect, String onFail) throws IOException {
        List<Outcome> outcomes = outcomes(
                withPrecondition(dialect, onFail, "--precondition-sql-check expectedResult:0 SELECT count(*) FROM old"),
                new RowsSurvive(),
                new IdempotentRerun());

        assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(outcomes.stream()
                        .flatMap(outcome -> outcome.skipped().stream())
                        .map(Skipped::reason))
                .anyMatch(reason -> reason.startsWith(
                        "Its precondition does not hold on the rows that were generated, so it ran without."));
    }

    @Test
    void a_precondition_that_never_holds_is_said() throws IOException {
        ScenarioContext halts =
                withPrecondition("sqlite", "HALT", "--precondition-sql-check expectedResult:1 SELECT 2");
        assertThat(verify(halts)).anyMatch(line -> line.startsWith("fresh-install up-fails a:2: "));

        ScenarioContext passes =
                withPrecondition("sqlite", "MARK_RAN", "--precondition-sql-check expectedResult:1 SELECT 2");
        assertThat(verify(passes))
                .anyMatch(line ->
                        line.startsWith("skipped up-down-up: Its body did not run. Revision a:2 has a precondition"))
                .anyMatch(line -> line.startsWith("up-down-up down-fails a:2"));
    }

    private static List<Outcome> outcomes(ScenarioContext context, Scenario... scenarios) {
        return java.util.Arrays.stream(scenarios)
                .flatMap(scenario -> {
                    try (ScenarioRun run = scenario.on(context)) {
                        return run.checks().stream().map(Check::run).toList().stream();
                    }
                })
                .toList();
    }

    @Test
    void set_up_comes_before_the_history() throws IOException {
        revision(
                1,
                "INSERT INTO seed VALUES (2); CREATE TABLE t (a int);",
                "DROP TABLE t; DELETE FROM seed WHERE a = 2;");
        ScenarioContext context = context("sqlite", "CREATE TABLE seed (a int); INSERT INTO seed VALUES (1);");

        assertThat(verify(context)).isEmpty();
        assertThatThrownBy(() -> new HistoryDatabases(context("sqlite", "SELEC 1")).create())
                .isInstanceOf(BeforeException.class)
                .hasMessageContaining("before.sql:1:1");
    }

    @Test
    void a_function_that_sqlite_has_not_is_named_in_the_remedy() throws IOException {
        revision(1, "CREATE TABLE t AS SELECT NO_SUCH(1) AS a;", "DROP TABLE t;");

        assertThat(verify(context("sqlite", "")).get(0))
                .contains("SQLite has no function NO_SUCH", "--sqlite-extension FILE");
    }
}
