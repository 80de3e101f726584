package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.ServerForTests;
import dev.turnstone.junit.Launch.Ran;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Copies of the example's history with one mistake each, and the example itself. */
class PlantedDefectTests {

    private static final String COPY = "target/planted/migrations";
    private static final String JAVA = "classpath:planted";
    private static final String SCHEMA = "target/planted/schema.sql";
    private static final String BASELINE = "a1f3c8d20b47";

    private static final String PAYLOAD = "20260112_1030_b7f2c1d90e34_give_jobs_a_payload.sql";
    private static final String PRIORITY = "20260119_1400_c41d7be0a2f5_give_jobs_a_priority.sql";
    private static final String NEXT_JOB = "20260126_0815_d9e05f6a1c72_find_the_next_job.sql";
    private static final String FIRST = "20260105_0900_a1f3c8d20b47_baseline.sql";

    @MigrationTest(
            locations = {COPY, JAVA},
            baseline = SCHEMA,
            baselineRevision = BASELINE)
    static class QueueTestCase implements MigrationScenarios {}

    @MigrationTest(locations = {COPY, JAVA})
    static class WithoutBaselineTestCase implements MigrationScenarios {}

    @BeforeEach
    void copyTheExample() throws IOException {
        Path example = Path.of("..", "example-project");
        Path copy = Files.createDirectories(Path.of(COPY));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(copy)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        // Those before the first that has revisions in Java among its parents, the planted one apart.
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(example.resolve("src/main/resources/db/migrations"), "202601*.sql")) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(Path.of(SCHEMA), Files.readString(example.resolve("sql/schema.sql")));
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static void change(String revision, String from, String to) throws IOException {
        change(Path.of(COPY, revision), from, to);
    }

    private static Ran run() {
        return Launch.onServer().run(QueueTestCase.class);
    }

    private static void expectFailure(Ran ran, String place, String... said) {
        assertThat(ran.failed())
                .filteredOn(leaf -> leaf.place().startsWith(place))
                .as("%s among %s", place, ran.failed())
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.message()).contains(said));
    }

    private static void expectOnlyOn(String dialect, Ran ran) {
        assertThat(ran.failed())
                .isNotEmpty()
                .allMatch(leaf ->
                        leaf.path().startsWith(dialect + "/") || leaf.path().startsWith("SQLite and PostgreSQL/"));
    }

    @Test
    void theExampleItselfHasNoFindingAtAll() {
        Ran ran = run();

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).hasSize(39).allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
        assertThat(ran.reportEntries()).isEmpty();
    }

    @Test
    void aDowngradeThatForgetsAnIndex() throws IOException {
        change(
                PRIORITY,
                "-- downgrade",
                "CREATE INDEX IF NOT EXISTS ix_jobs_attempts ON jobs (attempts);\n\n-- downgrade");
        Ran ran = run();

        expectFailure(
                ran,
                "upDownUp/SQLite/sqlite c41d7be0a2f5",
                "leftover",
                "c41d7be0a2f5",
                "SQLite",
                "ix_jobs_attempts",
                "Drop it in the downgrade");
        expectFailure(
                ran,
                "upDownUp/PostgreSQL/postgresql c41d7be0a2f5",
                "leftover",
                "c41d7be0a2f5",
                "PostgreSQL",
                "ix_jobs_attempts");
        assertThat(ran.failed()).hasSize(2);
    }

    @Test
    void aDowngradeThatDoesNothing() throws IOException {
        change(NEXT_JOB, "DROP INDEX IF EXISTS ix_jobs_queue_priority_created_at;", "SELECT 1;");
        Ran ran = run();

        for (String place :
                List.of("upDownUp/SQLite/sqlite d9e05f6a1c72", "upDownUp/PostgreSQL/postgresql d9e05f6a1c72")) {
            expectFailure(ran, place, "down-no-effect", "d9e05f6a1c72", "ix_jobs_queue_priority_created_at");
        }
        assertThat(ran.failed()).hasSize(2);
    }

    @Test
    void anEnumThatIsLeftBehind() throws IOException {
        change(PAYLOAD, "ALTER TABLE jobs ADD COLUMN IF NOT EXISTS payload JSONB;", """
                DO $$ BEGIN
                    CREATE TYPE job_kind AS ENUM ('mail', 'export');
                EXCEPTION WHEN duplicate_object THEN NULL;
                END $$;
                ALTER TABLE jobs ADD COLUMN IF NOT EXISTS kind job_kind;
                ALTER TABLE jobs ADD COLUMN IF NOT EXISTS payload JSONB;""");
        change(
                PAYLOAD,
                "ALTER TABLE jobs DROP COLUMN IF EXISTS payload;",
                "ALTER TABLE jobs DROP COLUMN IF EXISTS payload, DROP COLUMN IF EXISTS kind;");
        Ran ran = run();

        expectFailure(
                ran,
                "upDownUp/PostgreSQL/postgresql b7f2c1d90e34",
                "leftover",
                "b7f2c1d90e34",
                "PostgreSQL",
                "enum",
                "job_kind");
        expectFailure(ran, "crossDialect/SQLite and PostgreSQL/both head", "missing", "jobs.kind");
        assertThat(ran.failed()).hasSize(2);
    }

    @Test
    void anUpgradeBodyThatFailsTheSecondTime() throws IOException {
        change(NEXT_JOB, "CREATE INDEX IF NOT EXISTS", "CREATE INDEX");
        Ran ran = run();

        for (String place : List.of(
                "idempotentRerun/SQLite/sqlite d9e05f6a1c72", "idempotentRerun/PostgreSQL/postgresql d9e05f6a1c72")) {
            expectFailure(
                    ran, place, "rerun-fails", "d9e05f6a1c72", "ix_jobs_queue_priority_created_at", "IF NOT EXISTS");
        }
        assertThat(ran.failed()).hasSize(2);
    }

    @Test
    void aBaselineThatDiffersFromTheMigrations() throws IOException {
        change(Path.of(SCHEMA), "attempts >= 0", "attempts > 0");
        Ran ran = run();

        for (String dialect : List.of("SQLite", "PostgreSQL")) {
            expectFailure(ran, "stampThenNoop/" + dialect, "stamped-differs", BASELINE, dialect, "ck_jobs_attempts");
        }
        assertThat(ran.failed()).hasSize(2);
    }

    @Test
    void aRevisionThatWorksOnOneDialectOnly() throws IOException {
        change(PRIORITY, "ADD COLUMN priority", "ADD COLUMN IF NOT EXISTS priority");
        Ran ran = run();

        expectOnlyOn("SQLite", ran);
        expectFailure(ran, "freshInstall/SQLite", "up-fails", "c41d7be0a2f5", "SQLite", "ADD COLUMN IF NOT EXISTS");
        expectFailure(ran, "upDownUp/SQLite/sqlite c41d7be0a2f5", "up-fails", "c41d7be0a2f5", "SQLite");
    }

    @Test
    void aForeignTableInPublicIsNotTakenForTheHistorysOwn() throws IOException, SQLException {
        change(FIRST, "CREATE TABLE IF NOT EXISTS jobs (", "-- unless table jobs\nCREATE TABLE jobs (");
        change(FIRST, "attempts >= 0)\n);", "attempts >= 0)\n);\n-- end");
        try (ForeignTable foreign = ForeignTable.make()) {
            Ran ran = Launch.on(foreign.url()).run(QueueTestCase.class);

            assertThat(ran.failures()).isEmpty();
            assertThat(ran.reportEntries()).isEmpty();
            assertThat(foreign.columns()).isEqualTo("id");
        }
    }

    @Test
    void aTableThatOnlyPublicHasIsMissed() throws IOException, SQLException {
        String text = Files.readString(Path.of(COPY, FIRST));
        int begin = text.indexOf("CREATE TABLE");
        String createTable = text.substring(begin, text.indexOf(");", begin) + 2);
        change(FIRST, createTable, "");
        try (ForeignTable foreign = ForeignTable.make()) {
            Ran ran = Launch.on(foreign.url()).run(WithoutBaselineTestCase.class);

            expectFailure(ran, "freshInstall/PostgreSQL", "up-fails", BASELINE, "PostgreSQL", "jobs");
            expectFailure(ran, "upDownUp/PostgreSQL/postgresql " + BASELINE, "up-fails", BASELINE, "jobs");
            assertThat(foreign.columns()).isEqualTo("id");
        }
    }

    /** A database of its own whose {@code public.jobs} belongs to somebody. */
    private record ForeignTable(Connection admin, String url) implements AutoCloseable {

        private static final String NAME = "somebodys";

        static ForeignTable make() throws SQLException {
            Connection admin = ServerForTests.connect(ServerForTests.embeddedUrl("postgres"));
            String url = ServerForTests.embeddedUrl(NAME);
            execute(admin, "CREATE DATABASE " + NAME);
            try (Connection connection = ServerForTests.connect(url)) {
                execute(connection, "CREATE TABLE public.jobs (id INTEGER)");
            }
            return new ForeignTable(admin, url);
        }

        String columns() throws SQLException {
            try (Connection connection = ServerForTests.connect(url);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT string_agg(attname, ',') FROM pg_attribute"
                            + " WHERE attrelid = 'public.jobs'::regclass AND attnum > 0 AND NOT attisdropped")) {
                row.next();
                return row.getString(1);
            }
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            try (admin) {
                execute(admin, "DROP DATABASE " + NAME + " WITH (FORCE)");
            }
        }
    }
}
