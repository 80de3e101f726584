package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReaperTests {

    private static final Workspace WORKSPACE = Workspace.at(TestSettings.DIRECTORY);

    private static final Owner LIVING = Owner.current();
    private static final Owner DEAD =
            new Owner(LIVING.host(), LIVING.pid(), LIVING.started().minus(Duration.ofHours(1)), LIVING.created());

    private static Owner elsewhere(Duration age) {
        return new Owner(
                "elsewhere", LIVING.pid(), LIVING.started(), Instant.now().minus(age));
    }

    private static Process run(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        what,
                        TestSettings.DIRECTORY.toString(),
                        TestSettings.embeddedUrl("postgres", "postgres"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Map<String, String> facts(Process process, String last) throws IOException {
        Map<String, String> facts = new HashMap<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals(last); line = lines.readLine()) {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        return facts;
    }

    private static boolean serves(String dataDirectory) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> !Owner.hasEnded(process)
                        && process.info()
                                .arguments()
                                .map(List::of)
                                .orElse(List.of())
                                .contains(dataDirectory));
    }

    private static List<String> schemas(Connection admin) throws SQLException {
        return query(admin, "SELECT nspname FROM pg_namespace");
    }

    private static void markedSchema(Connection admin, String name, String comment) throws SQLException {
        execute(admin, "CREATE SCHEMA " + name, "COMMENT ON SCHEMA " + name + " IS '" + comment + "'");
    }

    @Test
    void theRunAfterAKilledOneRemovesAllItLeftAndNothingElse() throws Exception {
        try (TestDatabases databases = TestDatabases.with(TestSettings.embedded())) {
            // This process searches the server once, before the other one leaves anything there.
            databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA).close();
        }
        Process killed = run("make");
        Map<String, String> left = facts(killed, "ready");
        killed.destroyForcibly().waitFor();
        assertThat(left).containsOnlyKeys("scratch", "role", "database", "file", "data");
        String scratch = left.getOrDefault("scratch", "");
        String role = left.getOrDefault("role", "");
        String database = left.getOrDefault("database", "");
        Path file = Path.of(left.getOrDefault("file", ""));
        String data = left.getOrDefault("data", "");

        try (TestDatabases databases = TestDatabases.with(TestSettings.embedded());
                TestDatabase ours = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
                Connection admin = TestSettings.server().connect()) {
            execute(admin, "CREATE SCHEMA turnstone_a_b_c", "CREATE TABLE turnstone_a_b_c.kept (id int)");
            assertThat(query(admin, "SELECT rolname FROM pg_roles")).contains(role);
            assertThat(query(admin, "SELECT datname FROM pg_database")).contains(database, scratch);
            assertThat(file).exists();
            assertThat(serves(data)).isTrue();

            Process next = run("next");
            facts(next, "done");
            assertThat(next.waitFor()).isZero();

            assertThat(schemas(admin)).contains(ours.scope().schema(), "turnstone_a_b_c");
            assertThat(query(admin, "SELECT rolname FROM pg_roles"))
                    .doesNotContain(role)
                    .contains("postgres");
            assertThat(query(admin, "SELECT datname FROM pg_database"))
                    .doesNotContain(database, scratch)
                    .contains("postgres", "template0", "template1");
            assertThat(file.getParent()).doesNotExist();
            assertThat(file.resolveSibling(file.getParent() + ".owner")).doesNotExist();
            assertThat(serves(data)).isFalse();
            assertThat(Path.of(data)).doesNotExist();
            assertThat(Path.of(data + ".owner")).doesNotExist();
            execute(admin, "DROP SCHEMA turnstone_a_b_c CASCADE");
        }
    }

    @Test
    void onlyMarkersOfOwnersThatAreGoneCount() throws SQLException {
        try (Connection admin = TestSettings.server().connect()) {
            markedSchema(admin, "of_dead", DEAD.marker(Owner.Kind.SCHEMA));
            markedSchema(admin, "of_living", LIVING.marker(Owner.Kind.SCHEMA));
            markedSchema(
                    admin, "of_elsewhere_old", elsewhere(Duration.ofHours(25)).marker(Owner.Kind.SCHEMA));
            markedSchema(
                    admin, "of_elsewhere_new", elsewhere(Duration.ofHours(23)).marker(Owner.Kind.SCHEMA));
            markedSchema(admin, "of_other_kind", DEAD.marker(Owner.Kind.DATABASE));
            markedSchema(admin, "talks_of_it", "see " + DEAD.marker(Owner.Kind.SCHEMA));
            markedSchema(admin, "begins_alike", "turnstone test schema; mine");
            try {
                Reaper.sweep(TestSettings.server(), WORKSPACE);
                assertThat(schemas(admin))
                        .doesNotContain("of_dead", "of_elsewhere_old")
                        .contains("of_living", "of_elsewhere_new", "of_other_kind", "talks_of_it", "begins_alike");
            } finally {
                execute(
                        admin,
                        "DROP SCHEMA of_living, of_elsewhere_new, of_other_kind, talks_of_it, begins_alike CASCADE");
            }
        }
    }

    @Test
    void aDatabaseThatWasAnnouncedAndNeverMarkedIsRemoved() throws SQLException, IOException {
        String identity = TestSettings.server().identity();
        try (Connection admin = TestSettings.server().connect()) {
            execute(admin, "CREATE DATABASE turnstone_announced", "CREATE DATABASE turnstone_elsewhere");
            Path here = announce("turnstone_announced", DEAD, identity);
            Path elsewhere = announce("turnstone_elsewhere", DEAD, "postgresql://other:5432/x");
            try {
                Reaper.sweep(TestSettings.server(), WORKSPACE);
                assertThat(query(admin, "SELECT datname FROM pg_database"))
                        .doesNotContain("turnstone_announced")
                        .contains("turnstone_elsewhere");
                assertThat(here).doesNotExist();
                assertThat(elsewhere).exists();
            } finally {
                Files.deleteIfExists(elsewhere);
                execute(admin, "DROP DATABASE turnstone_elsewhere");
            }
        }
    }

    @Test
    void rolesThatAHistoryCreatedAreDroppedWithTheDatabaseOfAKilledRun() throws SQLException, IOException {
        try (Connection admin = TestSettings.server().connect()) {
            execute(
                    admin,
                    "CREATE DATABASE turnstone_with_roles",
                    "CREATE DATABASE turnstone_with_living",
                    "CREATE ROLE \"of, killed\"",
                    "CREATE ROLE of_living_run",
                    "COMMENT ON DATABASE turnstone_with_roles IS '" + DEAD.marker(Owner.Kind.DATABASE) + "'",
                    "COMMENT ON DATABASE turnstone_with_living IS '" + LIVING.marker(Owner.Kind.DATABASE) + "'");
            try (Connection killed = TestSettings.server()
                            .inDatabase("turnstone_with_roles")
                            .getConnection();
                    Connection living = TestSettings.server()
                            .inDatabase("turnstone_with_living")
                            .getConnection()) {
                RecordedRoles.record(killed, Set.of("of, killed"));
                RecordedRoles.record(living, Set.of("of_living_run"));
            }
            try {
                Reaper.sweep(TestSettings.server(), WORKSPACE);
                assertThat(query(admin, "SELECT rolname FROM pg_roles"))
                        .contains("of_living_run")
                        .doesNotContain("of, killed");
                assertThat(query(admin, "SELECT datname FROM pg_database"))
                        .contains("turnstone_with_living")
                        .doesNotContain("turnstone_with_roles");
            } finally {
                execute(admin, "DROP DATABASE turnstone_with_living", "DROP ROLE of_living_run");
            }
        }
    }

    private static Path announce(String name, Owner owner, String server) throws IOException {
        Path folder = Files.createDirectories(TestSettings.DIRECTORY.resolve("databases"));
        return Files.writeString(
                folder.resolve(name + ".owner"), owner.marker(Owner.Kind.DATABASE) + "\n" + server + "\n");
    }

    @Test
    void filesOfTheDeadGoAndAllOthersStay() throws IOException {
        Path folder = Files.createDirectories(TestSettings.DIRECTORY.resolve("sqlite"));
        Path outside = Files.createDirectories(TestSettings.DIRECTORY.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "");
        for (String name : List.of("dead", "living", "unowned", "odd")) {
            Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("a.db"), "");
        }
        Files.createSymbolicLink(folder.resolve("dead/link"), outside);
        Files.writeString(folder.resolve("dead.owner"), DEAD.marker(Owner.Kind.FILES) + "\n");
        Files.writeString(folder.resolve("living.owner"), LIVING.marker(Owner.Kind.FILES) + "\n");
        Files.writeString(folder.resolve("odd.owner"), "");

        Reaper.sweep(WORKSPACE);

        assertThat(folder.resolve("dead")).doesNotExist();
        assertThat(folder.resolve("dead.owner")).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
        for (String name : List.of("living", "unowned", "odd")) {
            assertThat(folder.resolve(name).resolve("a.db")).exists();
            Workspace.deleteTree(folder.resolve(name));
            Files.deleteIfExists(folder.resolve(name + ".owner"));
        }
        Workspace.deleteTree(outside);
    }

    @Test
    void aServerWhoseProcessIdWasGivenToAnotherIsNotStopped() throws IOException, InterruptedException {
        Path data = Files.createDirectories(TestSettings.DIRECTORY.resolve("postgres/reused"));
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    data.resolve("postmaster.pid"),
                    bystander.pid() + "\n" + data + "\n" + Instant.now().getEpochSecond() + "\n");
            new OrphanedServer(data).stop();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
            Workspace.deleteTree(data);
        }
    }
}
