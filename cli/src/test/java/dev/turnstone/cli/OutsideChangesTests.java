package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on a server that a URL names, with a history that changes more than its database. */
class OutsideChangesTests {

    private static final EmbeddedPostgres SERVER = start();

    @TempDir
    private Path directory = Path.of("");

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @Test
    void aRefusedHistoryIsAnErrorOfItsOwnKind() throws Exception {
        writeHistory();
        List<String> before = databasesAndRoles();

        Run run = verify();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("\"kind\" : \"outside-change-refused\"")
                .contains("000001_roles.up.sql:2:1  CREATE ROLE outside_app")
                .contains("--allow-cluster-changes");
        assertThat(databasesAndRoles()).isEqualTo(before);
    }

    @Test
    void thoseWhoOwnTheServerAllowIt() throws Exception {
        writeHistory();
        List<String> before = databasesAndRoles();

        Run run = verify("--allow-cluster-changes");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(databasesAndRoles()).isEqualTo(before);
    }

    @Test
    void findingsArePrintedBeforeTheErrorThatTheServerWasChanged() throws Exception {
        writeHistoryThatLeavesASettingAndATable();

        Run run = Run.of(arguments("up-down-up", "--allow-cluster-changes").toArray(String[]::new));
        resetTheSetting();

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.out()).contains("leftover", "000001");
        assertThat(run.err()).contains("setting of all roles in database postgres was created");
    }

    @Test
    void theErrorThatTheServerWasChangedHasTheFindings() throws Exception {
        writeHistoryThatLeavesASettingAndATable();

        CommandLineRun run = CommandLineRun.of(
                arguments("up-down-up", "--allow-cluster-changes", "--json").toArray(String[]::new));
        resetTheSetting();

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.json().at("/error/kind").asText()).isEqualTo("isolation-broken");
        assertThat(run.json().at("/error/message").asText())
                .contains("setting of all roles in database postgres was created");
        assertThat(run.findings()).anyMatch(finding -> finding.contains("leftover table t"));
    }

    private void writeHistoryThatLeavesASettingAndATable() throws IOException {
        Files.writeString(directory.resolve("000001_step.up.sql"), "CREATE TABLE IF NOT EXISTS t (id int);\n");
        Files.writeString(directory.resolve("000001_step.down.sql"), "SELECT 1;\n");
        Files.writeString(directory.resolve("000002_step.up.sql"), "ALTER DATABASE postgres SET work_mem = '3MB';\n");
        Files.writeString(directory.resolve("000002_step.down.sql"), "SELECT 1;\n");
    }

    private static void resetTheSetting() throws Exception {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE postgres RESET ALL");
        }
    }

    private List<String> arguments(String scenario, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                directory.toString(),
                "--dialect",
                "postgresql",
                "--scenario",
                scenario,
                "--url",
                "postgresql://postgres@localhost:" + SERVER.getPort() + "/postgres"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Run verify(String... more) {
        List<String> arguments = arguments("fresh-install", more);
        arguments.add("--json");
        return Run.of(arguments.toArray(String[]::new));
    }

    private void writeHistory() throws IOException {
        Files.writeString(
                directory.resolve("000001_roles.up.sql"),
                "CREATE TABLE t (id int);\nCREATE ROLE outside_app;\nGRANT SELECT ON t TO outside_app;\n");
        Files.writeString(directory.resolve("000001_roles.down.sql"), "DROP TABLE t;\nDROP ROLE outside_app;\n");
    }

    private static List<String> databasesAndRoles() throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT datname FROM pg_database UNION ALL SELECT rolname FROM pg_roles ORDER BY 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
