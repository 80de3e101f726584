package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.execution.NeedsConnectionException;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.Step;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of all revisions, those in Java included, run by the dialect's own client give what a run gives. */
@Tag("clients")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OfflineScriptTest {

    /** The head gives up what nobody can bring back; the way down begins below it. */
    private static final String BELOW_HEAD = "7d05f8b3e6c1";

    private static final String HEAD = "8e16a9c4f7d2";

    private static final String CHECKSUMS = "turnstone_version_checksum";

    /**
     * SQLite makes a table anew for some changes. That takes its whole definition, which only the database tells; behind
     * such a step a script knows no answer to a guard.
     */
    private static final List<String> REBUILT_ON_SQLITE = List.of(
            "UPGRADE 0b6e2f84d1a3",
            "UPGRADE 2d81b4c6f97e",
            "UPGRADE 4fb2c60e97d1",
            "UPGRADE 5a7d13e8b0f4",
            "UPGRADE 7d05f8b3e6c1",
            "DOWNGRADE 5a7d13e8b0f4",
            "DOWNGRADE 4fb2c60e97d1",
            "DOWNGRADE 2d81b4c6f97e",
            "DOWNGRADE 0b6e2f84d1a3");

    /**
     * Making the table anew puts the CHECK of {@code jobs.payload} on the table, from where SQLite does not drop it with the
     * column: no run gets below this revision.
     */
    private static final String FLOOR_OF_SQLITE = "b7f2c1d90e34";

    /** Looked at by the revisions that move data, so that they have something to move. */
    private static final String JOBS = """
            INSERT INTO jobs (id, queue, state, attempts, created_at) VALUES
                ('1', 'mail', 'queued', 0, '2026-01-06 08:00:00'),
                ('2', 'urgent-mail', 'failed', 7, '2026-01-06 09:00:00'),
                ('3', 'urgent', 'done', 1, '2026-01-06 10:00:00')""";

    private static int compared;

    @TempDir
    Path directory;

    @AfterAll
    static void say() {
        System.out.println("clients: " + compared + " states of the example were compared with a run, after scripts");
    }

    @Test
    void sqlite() throws Exception {
        require("sqlite3");
        Path scripted = directory.resolve("scripted.db");

        compare(
                Dialects.named("sqlite"),
                "sqlite:///" + directory.resolve("run.db"),
                "sqlite:///" + scripted,
                REBUILT_ON_SQLITE,
                FLOOR_OF_SQLITE,
                "f0a9d3c57b18",
                script -> client(Map.of(), script, "sqlite3", scripted.toString()));
    }

    @Test
    void postgresql() throws Exception {
        require("psql");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA run; CREATE SCHEMA scripted");
            }
            int port = server.getPort();
            String url = "postgresql://postgres@localhost:" + port + "/postgres?currentSchema=";
            Map<String, String> settings =
                    Map.of("PGOPTIONS", "-c search_path=scripted -c client_min_messages=warning");
            compare(
                    Dialects.named("postgresql"),
                    url + "run",
                    url + "scripted",
                    List.of(),
                    "base",
                    HEAD,
                    script -> client(
                            settings,
                            script,
                            "psql",
                            "-Xq",
                            "-h",
                            "localhost",
                            "-p",
                            "" + port,
                            "-U",
                            "postgres",
                            "postgres"));
        }
    }

    private interface Client {
        void run(String script) throws Exception;
    }

    /**
     * Compares.
     *
     * @param needConnection the steps that no script can do
     * @param floor how far down the run goes
     * @param reach the last revision that the script of the whole history reaches
     */
    private void compare(
            Dialect dialect,
            String run,
            String scripted,
            List<String> needConnection,
            String floor,
            String reach,
            Client client)
            throws Exception {
        Scripts scripts = Scripts.load(
                List.of(RevisionSources.parse(Migrator.DEFAULT_LOCATION, OfflineScriptTest.class.getClassLoader())));
        List<Revision> revisions =
                scripts.inOrder().stream().map(script -> script.revision()).toList();
        assertEquals(15, revisions.size());
        VersionTable table =
                new VersionTable(dialect, dialect.name().equals("sqlite") ? "main" : "", VersionTable.DEFAULT_NAME);
        Databases both = new Databases(
                dialect,
                DatabaseUrl.parse(run),
                DatabaseUrl.parse(scripted),
                scripts,
                table,
                client,
                new ArrayList<>());

        // One revision at a time, with rows: up to the last that can be taken back, and down.
        for (Revision revision : revisions) {
            String id = revision.id().value();
            if (id.equals("b7f2c1d90e34")) {
                both.execute(JOBS);
            }
            if (!id.equals(HEAD)) {
                both.follow(migrator -> migrator.upgrade(id));
            }
        }
        List<Revision> down = new ArrayList<>(revisions);
        Collections.reverse(down);
        int takenBack = 0;
        for (Revision revision : down) {
            if (revision.id().value().equals(floor)) {
                break;
            }
            if (!revision.id().value().equals(HEAD)) {
                String target = revision.parents().isEmpty()
                        ? "base"
                        : revision.parents().get(0).value();
                takenBack += both.follow(migrator -> migrator.downgrade(target));
            }
        }
        assertEquals(floor.equals("base") ? 14 : 12, takenBack);
        assertEquals(needConnection, both.marked());

        // The scripts of whole ranges, as far as they go.
        String below = reach.equals(HEAD) ? BELOW_HEAD : reach;
        both.migrator().upgrade(below);
        both.script(OfflineScript.upgrade(scripts, table, floor + ":" + below), "upgrade " + below);
        both.migrator().downgrade(floor);
        both.script(OfflineScript.downgrade(scripts, table, below + ":" + floor), "downgrade to " + floor);
        if (reach.equals(HEAD)) {
            both.migrator().upgrade("head");
            both.script(OfflineScript.upgrade(scripts, table, floor + ":head"), "upgrade head");
        } else {
            // The client runs what is written, up to the mark.
            OfflineScript cut = OfflineScript.upgrade(scripts, table, floor + ":head");
            assertThrows(NeedsConnectionException.class, cut::requireComplete);
            both.migrator().upgrade(reach);
            both.run(cut, "upgrade head, up to the mark");
        }
    }

    /** One database that a run migrates, and one that gets the scripts. */
    private record Databases(
            Dialect dialect,
            DatabaseUrl run,
            DatabaseUrl scripted,
            Scripts scripts,
            VersionTable table,
            Client client,
            List<String> marked) {

        Migrator migrator() {
            return Migrator.of(run.dataSource(), scripts);
        }

        void execute(String sql) throws Exception {
            for (DatabaseUrl url : List.of(run, scripted)) {
                try (Connection connection = url.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
        }

        /**
         * Does by scripts what a run does; what needs a connection gets one.
         *
         * @return how many steps that were
         */
        int follow(Function<Migrator, List<Step>> command) throws Exception {
            List<Step> steps = command.apply(migrator());
            List<String> texts = new ArrayList<>();
            for (Step step : steps) {
                OfflineScript script = OfflineScript.of(scripts, table, step);
                try {
                    script.requireComplete();
                    texts.add(script.text());
                } catch (NeedsConnectionException e) {
                    assertTrue(script.text().contains("-- NEEDS A CONNECTION: "), script.text());
                    marked.add(step.direction() + " " + step.revision().id());
                }
            }
            if (texts.size() == steps.size()) {
                for (String text : texts) {
                    client.run(text);
                }
            } else {
                assertEquals(steps, command.apply(Migrator.of(scripted.dataSource(), scripts)));
            }
            if (!steps.isEmpty()) {
                assertSame(steps.toString());
            }
            return steps.size();
        }

        void script(OfflineScript script, String what) throws Exception {
            script.requireComplete();
            run(script, what);
        }

        void run(OfflineScript script, String what) throws Exception {
            client.run(script.text());
            assertSame(what);
        }

        private void assertSame(String after) throws Exception {
            try (Connection one = run.dataSource().getConnection();
                    Connection other = scripted.dataSource().getConnection()) {
                Scope ofRun = dialect.currentScope(one);
                Scope ofScript = dialect.currentScope(other);
                SchemaDiff schema = SchemaDiff.between(dialect.read(one, ofRun), dialect.read(other, ofScript));
                assertEquals(List.of(), schema.differences(), "schema after " + after);
                assertEquals(rows(one, ofRun), rows(other, ofScript), "rows after " + after);
                assertEquals(checksums(one, ofRun), checksums(other, ofScript), "checksums after " + after);
            }
            compared++;
        }

        /** Version rows included; those of checksums say when they were written. */
        private SortedMap<String, TableRows> rows(Connection connection, Scope scope) throws Exception {
            SortedMap<String, TableRows> rows = new TreeMap<>();
            for (Map.Entry<ObjectId, TableRows> of :
                    dialect.readRows(connection, scope).entrySet()) {
                if (!of.getKey().name().equals(CHECKSUMS)) {
                    rows.put(of.getKey().name(), of.getValue());
                }
            }
            return rows;
        }

        private SortedMap<String, String> checksums(Connection connection, Scope scope) throws Exception {
            SortedMap<String, String> checksums = new TreeMap<>();
            new VersionTable(dialect, scope.schema(), table.name())
                    .checksums()
                    .read(connection)
                    .forEach((id, noted) -> checksums.put(id.value(), noted.checksum()));
            return checksums;
        }
    }

    private void client(Map<String, String> environment, String script, String... command) throws Exception {
        Path file = Files.writeString(directory.resolve("script.sql"), script);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(file.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + "\n" + script);
        assertEquals("", said, script);
    }

    private static void require(String program) {
        boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertTrue(there, program + " is required by the lane 'clients'");
        }
        assumeTrue(there, "The lane 'clients' is skipped: there is no " + program + " here.");
    }
}
