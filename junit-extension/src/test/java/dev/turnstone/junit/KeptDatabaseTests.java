package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.ServerForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class KeptDatabaseTests {

    private final Path directory;

    KeptDatabaseTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @MigrationTest
    static class FailingTestCase {
        @TestTemplate
        void fails(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO customer (id) VALUES (42)");
            }
            throw new AssertionError("on purpose");
        }

        @TestTemplate
        void passes(Connection connection) {}
    }

    @MigrationTest(locations = "classpath:cases/defect", dialects = "sqlite")
    static class DefectTestCase implements MigrationScenarios {}

    private String run(Class<?> testCase, String keep) {
        return OutcomeTests.printed(() -> Launch.onServer()
                .with("turnstone.directory", directory.toString())
                .with("turnstone.keep", keep)
                .run(testCase));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aFailedTestLeavesItsDatabaseAndSaysWhere() throws Exception {
        String printed = run(FailingTestCase.class, "failed");

        assertThat(printed.lines().filter(line -> line.startsWith("Turnstone kept")))
                .hasSize(2);
        Matcher file = Pattern.compile(
                        "Turnstone kept SQLite file (\\S+\\.db), for FailingTestCase\\.fails\\[sqlite\\]")
                .matcher(printed);
        assertThat(file.find()).as(printed).isTrue();
        assertThat(files()).extracting(Path::toString).containsExactly(file.group(1));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.group(1))) {
            expectRow(connection, "customer");
        }
        Matcher schema = Pattern.compile("Turnstone kept schema (\\S+) on .*DROP DATABASE (turnstone_\\w+)")
                .matcher(printed);
        assertThat(schema.find()).as(printed).isTrue();
        // A later run leaves it alone, although it was made by a process that it may take for dead.
        run(FailingTestCase.class, "never");
        String scratch = ServerForTests.url().replaceFirst("/[^/?]*(\\?.*)?$", "/" + schema.group(2));
        try (Connection connection = ServerForTests.connect(scratch)) {
            expectRow(connection, schema.group(1) + ".customer");
        }
        try (Connection connection = ServerForTests.connect(ServerForTests.url());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + schema.group(2));
        }
    }

    private static void expectRow(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM " + table)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void nothingIsKeptUnlessAskedFor() throws IOException {
        assertThat(run(FailingTestCase.class, "never")).doesNotContain("kept");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFailedCheckOfAScenarioLeavesItsDatabaseToo() throws IOException {
        String printed = run(DefectTestCase.class, "failed");

        assertThat(printed).contains("Turnstone kept SQLite file", "for DefectTestCase.up-down-up[sqlite ");
        assertThat(files()).isNotEmpty().allMatch(file -> file.toString().contains("DefectTestCase.up-down-up"));
    }
}
