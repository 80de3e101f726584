package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scenarios make of histories that are more than one planted defect. */
class ScenarioTests {

    private static final History READERS = History.of("""
            # 1 up
            CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE IF EXISTS readers;
            """);

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();
    private int written;

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private ScenarioContext context(History history, String dialect, Format format, ScenarioOptions options) {
        return bench.context(history.load(format, directory.resolve("" + written++)), dialect, options);
    }

    private ScenarioContext own(History history, String dialect) {
        return context(history, dialect, Format.TURNSTONE, ScenarioOptions.DEFAULT);
    }

    private ScenarioContext golang(History history, String dialect) {
        return context(history, dialect, Format.GOLANG_MIGRATE, ScenarioOptions.DEFAULT);
    }

    private static ScenarioOptions baseline(String sql, @org.jspecify.annotations.Nullable String revision) {
        return new ScenarioOptions(
                dialect -> new SqlText(sql, Location.of("schema.sql")), revision, IdempotentBodies.BY_FORMAT);
    }

    private void assertSilent(ScenarioContext context) {
        for (Scenario scenario : History.OF_SCHEMA) {
            assertThat(bench.findings(scenario.name(), context))
                    .as(scenario.name())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_missing_downgrade_is_an_error_in_our_format_and_a_warning_in_others(String dialect) {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE IF NOT EXISTS loans (id integer);
                # 3 up
                CREATE TABLE IF NOT EXISTS fines (id integer);
                # 3 down
                DROP TABLE IF EXISTS fines;
                """);
        List<Outcome> own = bench.outcomes("up-down-up", own(history, dialect));
        assertThat(ScenarioBench.inShort(own)).containsExactly("000002 down-missing revision 000002 error");
        assertThat(ScenarioBench.skipped(own)).anyMatch(s -> s.startsWith("000002 It has no downgrade"));
        assertThat(bench.findings("up-down-up", golang(history, dialect)))
                .containsExactly("000002 down-missing revision 000002 warning");
        assertThat(bench.findings("idempotent-rerun", own(history, dialect))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void keep_and_irreversible_with_a_reason_are_no_findings(String dialect) {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE IF NOT EXISTS loans (id integer);
                # 2 irreversible
                loans are the law
                # 3 up
                CREATE TABLE IF NOT EXISTS fines (id integer);
                # 3 keep
                older releases still write fines
                # 4 up
                CREATE INDEX IF NOT EXISTS ix ON fines (id);
                # 4 down
                DROP INDEX IF EXISTS ix;
                """);
        assertSilent(own(history, dialect));
        assertThat(ScenarioBench.skipped(bench.outcomes("up-down-up", own(history, dialect))))
                .containsExactly("000002 Declared irreversible: loans are the law");
    }

    @Test
    void what_is_kept_must_be_able_to_go_up_again() {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE loans (id integer);
                # 2 keep
                older releases still write loans
                """);
        assertThat(bench.findings("up-down-up", own(history, "sqlite")))
                .containsExactly("000002 up-again-fails revision 000002 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_body_that_is_exempt_is_skipped_with_its_reason(String dialect) {
        History history = READERS.with("""
                # 2 exempt
                it seeds the catalogue
                # 2 up
                CREATE TABLE loans (id integer);
                # 2 down
                DROP TABLE loans;
                """);
        List<Outcome> outcomes = bench.outcomes("idempotent-rerun", own(history, dialect));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).containsExactly("000002 Declared exempt: it seeds the catalogue");
        assertThat(bench.findings("idempotent-rerun", own(history.without("2 exempt"), dialect)))
                .hasSize(2);
    }

    @Test
    void required_idempotent_bodies_are_an_error_in_every_format() {
        History history = History.of("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                """);
        ScenarioOptions required = new ScenarioOptions(null, null, IdempotentBodies.REQUIRED);
        assertThat(bench.findings("idempotent-rerun", context(history, "sqlite", Format.GOLANG_MIGRATE, required)))
                .containsExactly(
                        "000001 rerun-fails revision 000001 error", "000001 down-rerun-fails revision 000001 info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void several_heads_are_named_once_and_each_revision_is_still_tried(String dialect) {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE IF NOT EXISTS loans (id integer);
                # 2 down
                DROP TABLE IF EXISTS loans;
                # 3 parents
                000001
                # 3 up
                CREATE TABLE IF NOT EXISTS fines (id integer);
                # 3 down
                DROP TABLE IF EXISTS fines;
                """);
        ScenarioContext context = own(history, dialect);
        assertThat(bench.findings("fresh-install", context))
                .containsExactly("- several-heads revision 000002, 000003 error");
        assertThat(bench.findings("stamp-then-noop", context)).isEmpty();
        assertThat(bench.findings("up-down-up", context)).isEmpty();
        assertThat(bench.findings("idempotent-rerun", context)).isEmpty();
        assertSilent(own(history.with("""
                # 4 parents
                000002, 000003
                # 4 up
                SELECT 1;
                # 4 down
                SELECT 1;
                """), dialect));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_failed_upgrade_does_not_stop_the_others_in_any_scenario(String dialect) {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE IF NOT EXISTS half (id integer);
                ALTER TABLE reader ADD COLUMN x text;
                # 2 down
                DROP TABLE IF EXISTS half;
                # 3 up
                CREATE TABLE IF NOT EXISTS loans (id integer);
                # 3 down
                SELECT 1;
                # 4 up
                ALTER TABLE wrong ADD COLUMN x text;
                # 4 down
                SELECT 1;
                # 5 up
                CREATE TABLE IF NOT EXISTS fines (id integer);
                # 5 down
                DROP TABLE IF EXISTS fines;
                """);
        String second = "000002 up-fails revision 000002 error";
        String fourth = "000004 up-fails revision 000004 error";
        ScenarioContext context = golang(history, dialect);
        assertThat(bench.findings("fresh-install", context)).containsExactly(second, fourth);
        assertThat(bench.findings("stamp-then-noop", context)).containsExactly(second, fourth);
        assertThat(bench.findings("idempotent-rerun", context)).containsExactly(second, fourth);
        List<String> walked = bench.findings("up-down-up", context);
        assertThat(walked)
                .containsExactly(
                        second,
                        "000003 down-no-effect revision 000003 error",
                        "000003 leftover table loans error",
                        fourth);
        assertThat(ScenarioBench.inShort(bench.outcomesAlone("up-down-up", context)))
                .isEqualTo(walked);
    }

    @Test
    void a_history_for_one_dialect_fails_on_the_other() {
        History history = READERS.with("""
                # 2 up
                ALTER TABLE readers ALTER COLUMN email SET NOT NULL;
                # 2 down
                ALTER TABLE readers ALTER COLUMN email DROP NOT NULL;
                """);
        assertSilent(own(history, "postgresql"));
        String ddl = "ALTER TABLE readers ADD COLUMN x jsonb DEFAULT '{}'::jsonb";
        assertThat(bench.findings(
                        "fresh-install", own(READERS.with("# 2 up\n" + ddl + ";\n# 2 down\nSELECT 1;"), "sqlite")))
                .containsExactly("000002 up-fails revision 000002 error");
    }

    @ParameterizedTest
    @CsvSource({"TURNSTONE, COMMIT;", "GOLANG_MIGRATE, SELECT \"no end;"})
    void what_cannot_be_sent_is_a_failure_of_its_revision_only(Format format, String sql) {
        History history = READERS.with("""
                # 2 up
                %s
                # 2 down
                SELECT 1;
                # 3 up
                CREATE TABLE IF NOT EXISTS loans (id integer);
                # 3 down
                %s
                """.formatted(sql, sql));
        for (String dialect : List.of("sqlite", "postgresql")) {
            ScenarioContext context = context(history, dialect, format, ScenarioOptions.DEFAULT);
            assertThat(bench.findings("up-down-up", context))
                    .containsExactly(
                            "000002 up-fails revision 000002 error", "000003 down-fails revision 000003 error");
            assertThat(bench.findings("fresh-install", context))
                    .containsExactly("000002 up-fails revision 000002 error");
        }
    }

    @Test
    void a_table_of_the_same_name_in_public_is_neither_used_nor_touched() throws SQLException {
        String url;
        try (TestDatabase any = bench.databases().create(Dialects.named("postgresql"), Isolation.SCHEMA);
                Connection connection = any.dataSource().getConnection()) {
            url = connection
                    .getMetaData()
                    .getURL()
                    .replaceFirst("^jdbc:(postgresql://)([^/]+)/.*", "$1postgres@$2/postgres");
        }
        History forgetful = History.of("""
                # 1 up
                ALTER TABLE jobs ADD COLUMN priority integer;
                # 1 down
                ALTER TABLE jobs DROP COLUMN priority;
                """);
        History explicit = History.of("""
                # 1 up
                CREATE TABLE public.jobs (id integer);
                # 1 down
                DROP TABLE public.jobs;
                """);
        try (Connection outside =
                        DriverManager.getConnection("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
                Statement statement = outside.createStatement()) {
            statement.execute("CREATE TABLE public.jobs (id integer)");
            ScenarioBench server = new ScenarioBench(Map.of("turnstone.postgres.url", url));
            assertThat(server.findings("up-down-up", onServer(server, forgetful)))
                    .containsExactly("000001 up-fails revision 000001 error");
            assertThat(server.findings("up-down-up", onServer(server, explicit)))
                    .isEmpty();
            assertThat(server.findings("up-down-up", onServer(server, explicit.with("# 1 down\nSELECT 1;"))))
                    .containsExactlyInAnyOrder(
                            "000001 down-no-effect revision 000001 error",
                            "000001 leftover table jobs error",
                            "000001 up-again-fails revision 000001 error");
            try (ResultSet columns = statement.executeQuery(
                    "SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = 'public.jobs'::regclass"
                            + " AND attnum > 0")) {
                columns.next();
                assertThat(columns.getString(1)).isEqualTo("id");
            }
            server.close();
            statement.execute("DROP TABLE public.jobs");
        }
    }

    private ScenarioContext onServer(ScenarioBench server, History history) {
        return server.context(
                history.load(Format.GOLANG_MIGRATE, directory.resolve("" + written++)),
                "postgresql",
                ScenarioOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void what_is_refused_at_the_commit_is_a_failure_of_its_revision(String dialect) {
        History history = READERS.with("""
                # 2 up
                CREATE TABLE loans (id integer, reader integer REFERENCES readers (id) DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO loans VALUES (1, 77);
                # 2 down
                DROP TABLE loans;
                # 3 up
                CREATE TABLE IF NOT EXISTS fines (id integer);
                # 3 down
                DROP TABLE IF EXISTS fines;
                """);
        assertThat(bench.findings("up-down-up", own(history, dialect)))
                .containsExactly("000002 up-fails revision 000002 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void only_the_whole_history_shows_that_a_kept_table_is_in_the_way(String dialect) {
        History history = READERS.with("""
                # 1 down
                DROP TABLE readers;
                # 2 up
                CREATE VIEW names AS SELECT email FROM readers;
                # 2 down
                DROP VIEW names;
                """);
        assertThat(bench.findings("up-down-up", own(history, dialect))).isEmpty();
        History kept = READERS.with("""
                # 1 down
                DROP TABLE readers;
                # 2 up
                CREATE TABLE IF NOT EXISTS readers_of_old (id integer);
                # 2 keep
                archives stay
                """);
        assertThat(bench.findings("up-down-up", own(kept, dialect))).isEmpty();
    }

    @Test
    void only_the_whole_history_shows_that_a_kept_view_is_in_the_way() {
        History kept = READERS.with("""
                # 1 down
                DROP TABLE readers;
                # 2 up
                CREATE OR REPLACE VIEW names AS SELECT email FROM readers;
                # 2 keep
                reports read it
                """);
        ScenarioContext context = own(kept, "postgresql");
        assertThat(bench.findings("up-down-up", context)).containsExactly("000001 down-fails revision 000001 error");
        assertThat(ScenarioBench.inShort(bench.outcomesAlone("up-down-up", context)))
                .containsExactly("000001 down-fails revision 000001 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_baseline_that_differs_is_found_and_an_equal_one_is_not(String dialect) {
        History history = READERS.with("""
                # 2 up
                ALTER TABLE readers ADD COLUMN branch text;
                # 2 down
                ALTER TABLE readers DROP COLUMN branch;
                """);
        String readers = "CREATE TABLE readers (id integer PRIMARY KEY, email text";
        assertThat(stamped(history, dialect, readers + ", branch text);", null)).isEmpty();
        assertThat(stamped(history, dialect, readers + ", branch integer);", null))
                .containsExactly("000002 stamped-differs column readers.branch error");
        assertThat(stamped(history, dialect, readers + ");", null))
                .containsExactly("000002 stamped-differs column readers.branch error");
        assertThat(stamped(history, dialect, readers + ");", "000001")).isEmpty();
        assertThat(stamped(history, dialect, readers + "); CREATE INDEX ix ON readers (email);", "000001"))
                .containsExactly("000001 stamped-differs index ix error");
        assertThat(stamped(history, dialect, readers + ", branch text);", "000001"))
                .containsExactly(
                        "000001 stamped-differs column readers.branch error", "000002 up-fails revision 000002 error");
        assertThat(stamped(
                        history,
                        dialect,
                        "CREATE TABLE readers (branch text, id integer PRIMARY KEY, email text);",
                        null))
                .containsExactly("000002 order-only table readers info");
    }

    /** As pg_dump writes it, for a history that names no schema. */
    @Test
    void a_baseline_that_names_public_stands_in_a_database_of_its_own() {
        String settings = "SELECT pg_catalog.set_config('search_path', '', false);\n";
        String readers = settings + "CREATE TABLE public.readers (id integer NOT NULL, email %s);\n"
                + "ALTER TABLE ONLY public.readers ADD CONSTRAINT readers_pkey PRIMARY KEY (id);";

        assertThat(stamped(READERS, "postgresql", readers.formatted("text"), null))
                .isEmpty();
        assertThat(stamped(READERS, "postgresql", readers.formatted("integer"), null))
                .containsExactly("000001 stamped-differs column readers.email error");
    }

    private List<String> stamped(
            History history, String dialect, String sql, @org.jspecify.annotations.Nullable String revision) {
        List<String> own =
                bench.findings("stamp-then-noop", context(history, dialect, Format.TURNSTONE, baseline(sql, revision)));
        assertThat(bench.findings(
                        "stamp-then-noop", context(history, dialect, Format.GOLANG_MIGRATE, baseline(sql, revision))))
                .isEqualTo(own);
        return own;
    }

    @Test
    void a_baseline_that_does_not_run_stops_the_scenario() {
        ScenarioContext context =
                context(READERS, "sqlite", Format.TURNSTONE, baseline("CREATE TABL readers (id integer);", null));
        assertThatThrownBy(() -> bench.findings("stamp-then-noop", context))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("schema.sql");
    }

    @Test
    void without_a_baseline_statements_keep_their_transaction() {
        History history = READERS.with("""
                # 2 up
                CREATE TEMPORARY TABLE work ON COMMIT DROP AS SELECT 1 AS id;
                INSERT INTO work VALUES (2);
                CREATE TABLE IF NOT EXISTS loans AS SELECT id FROM work;
                # 2 down
                DROP TABLE IF EXISTS loans;
                """);
        assertSilent(own(history, "postgresql"));
        assertSilent(golang(history, "postgresql"));
    }
}
