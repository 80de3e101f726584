package dev.turnstone.execution.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Schema;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script has the same result in the dialect's own client as a run. */
@Tag("clients")
class OfflineClientTests {

    private static final Path EXAMPLE = Path.of("../example-project/src/main/resources/db/migrations");
    private static final AtomicInteger CHECKED = new AtomicInteger();

    @TempDir
    Path directory = Path.of("");

    @AfterAll
    static void printNumberOfChecks() {
        System.out.println("clients: " + CHECKED + " scripts run by psql and sqlite3 were compared with a run");
    }

    @Test
    void sqlite() throws Exception {
        require("sqlite3");
        Path online = directory.resolve("online.db");
        Path offline = directory.resolve("offline.db");

        compare(
                Dialects.named("sqlite"),
                DatabaseUrl.parse("sqlite:///" + online),
                DatabaseUrl.parse("sqlite:///" + offline),
                script -> client(Map.of(), script, "sqlite3", offline.toString()));
    }

    @Test
    void postgresql() throws Exception {
        require("psql");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            String url = "postgresql://postgres@localhost:" + server.getPort() + "/postgres?currentSchema=";
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA online; CREATE SCHEMA offline");
            }
            compare(
                    Dialects.named("postgresql"),
                    DatabaseUrl.parse(url + "online"),
                    DatabaseUrl.parse(url + "offline"),
                    script -> client(
                            Map.of("PGOPTIONS", "-c search_path=offline -c client_min_messages=warning"),
                            script,
                            "psql",
                            "-Xq",
                            "-h",
                            "localhost",
                            "-p",
                            String.valueOf(server.getPort()),
                            "-U",
                            "postgres",
                            "postgres"));
        }
    }

    private interface Client {
        void run(String script) throws Exception;
    }

    private void compare(Dialect dialect, DatabaseUrl online, DatabaseUrl offline, Client client) throws Exception {
        Scripts scripts = Scripts.load(List.of(SqlFileSource.of(firstOfTheExample())));
        VersionTable table =
                new VersionTable(dialect, dialect.name().equals("sqlite") ? "main" : "", VersionTable.DEFAULT_NAME);
        Migrator migrator = Migrator.of(online.dataSource(), scripts);
        List<String> ids = scripts.inOrder().stream()
                .map(MigrationScript::id)
                .map(RevisionId::value)
                .toList();

        migrator.upgrade("head");
        client.run(OfflineScript.upgrade(scripts, table, "head").text());
        assertSame(dialect, online, offline, "upgrade to head");
        for (int at = ids.size() - 1; at >= 0; at--) {
            String lower = at == 0 ? "base" : ids.get(at - 1);
            migrator.downgrade(lower);
            client.run(OfflineScript.downgrade(scripts, table, ids.get(at) + ":" + lower)
                    .text());
            assertSame(dialect, online, offline, "downgrade to " + lower);
        }
        for (int at = 0; at < ids.size(); at++) {
            String lower = at == 0 ? "base" : ids.get(at - 1);
            migrator.upgrade(ids.get(at));
            client.run(OfflineScript.upgrade(scripts, table, lower + ":" + ids.get(at))
                    .text());
            assertSame(dialect, online, offline, "upgrade to " + ids.get(at));
        }
        migrator.downgrade("base");
        client.run(OfflineScript.downgrade(scripts, table, "head:base").text());
        assertSame(dialect, online, offline, "downgrade to base");
        migrator.stamp("head");
        client.run(OfflineScript.stamp(scripts, table, List.of("base:head")).text());
        assertSame(dialect, online, offline, "stamp head");
    }

    /** Returns the revisions without a Java revision among their ancestors. */
    private Path firstOfTheExample() throws IOException {
        Path copy = Files.createDirectories(directory.resolve("migrations"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(EXAMPLE, "202601*.sql")) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private static void assertSame(Dialect dialect, DatabaseUrl online, DatabaseUrl offline, String after)
            throws SQLException {
        try (Connection run = online.dataSource().getConnection();
                Connection scripted = offline.dataSource().getConnection()) {
            assertThat(schema(dialect, run).isEmpty())
                    .as("the version table exists")
                    .isFalse();
            assertThat(schema(dialect, scripted).objects())
                    .as("schema after %s", after)
                    .isEqualTo(schema(dialect, run).objects());
            assertThat(rows(dialect, scripted))
                    .as("version rows after %s", after)
                    .isEqualTo(rows(dialect, run));
            assertThat(checksums(dialect, scripted))
                    .as("checksums after %s", after)
                    .isEqualTo(checksums(dialect, run));
        }
        CHECKED.incrementAndGet();
    }

    private static Schema schema(Dialect dialect, Connection connection) throws SQLException {
        return dialect.read(connection, dialect.currentScope(connection));
    }

    private static Set<RevisionId> rows(Dialect dialect, Connection connection) throws SQLException {
        Scope scope = dialect.currentScope(connection);
        return new VersionTable(dialect, scope.schema(), VersionTable.DEFAULT_NAME)
                .read(connection)
                .orElseThrow();
    }

    private static List<String> checksums(Dialect dialect, Connection connection) throws SQLException {
        Scope scope = dialect.currentScope(connection);
        return new VersionTable(dialect, scope.schema(), VersionTable.DEFAULT_NAME)
                .checksums().read(connection).entrySet().stream()
                        .map(noted -> noted.getKey() + " " + noted.getValue().checksum())
                        .toList();
    }

    private void client(Map<String, String> environment, String script, String... command)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("script.sql"), script);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(file.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said + "\n" + script).isZero();
        assertThat(said).as(script).isEmpty();
    }

    private static void require(String program) {
        boolean there = List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(there).as(program + " is required by the lane 'clients'").isTrue();
        }
        assumeTrue(there, "The lane 'clients' is skipped: " + program + " is not installed.");
    }
}
