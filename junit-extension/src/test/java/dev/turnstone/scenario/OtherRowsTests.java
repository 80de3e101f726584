package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.ServerForTests;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.source.GolangMigrateSource;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that come back with other numbers do not make a walk begin anew, unless something is found afterwards. */
class OtherRowsTests {

    private static final TestDatabases DATABASES = TestDatabases.with(DatabaseSettings.of(
            Map.of(
                    "turnstone.postgres.url",
                    ServerForTests.url(),
                    "turnstone.directory",
                    Path.of("target", "turnstone").toAbsolutePath().toString())::get,
            Map.of()));

    private final Path directory;
    private final List<String> made = new ArrayList<>();

    OtherRowsTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    private void history(String dialect, String thirdUp, String thirdDown) throws IOException {
        String key = dialect.equals("sqlite") ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "SERIAL PRIMARY KEY";
        revision(1, "CREATE TABLE kind (id " + key + ", name TEXT NOT NULL);", "DROP TABLE kind;");
        revision(2, "INSERT INTO kind (name) VALUES ('wader'), ('gull');", "DELETE FROM kind;");
        revision(3, thirdUp, thirdDown);
        revision(4, "CREATE INDEX ix_kind_name ON kind (name);", "DROP INDEX ix_kind_name;");
    }

    private void revision(int number, String up, String down) throws IOException {
        Files.writeString(directory.resolve(number + "_r.up.sql"), up);
        Files.writeString(directory.resolve(number + "_r.down.sql"), down);
    }

    /** What is found revision by revision; of bodies that run twice, nothing but errors. */
    private List<String> found(Scenario scenario, String dialect) {
        ScenarioContext context = new ScenarioContext(
                new BundledEngine(Scripts.load(List.of(GolangMigrateSource.of(directory)))),
                Dialect.named(dialect),
                DATABASES,
                new ScenarioOptions(null, null, name -> null, IdempotentBodies.BY_FORMAT),
                null,
                database -> made.add(database.describe()));
        try (ScenarioRun run = scenario.on(context)) {
            return run.checks().stream()
                    .filter(check -> check.revision() != null)
                    .flatMap(check -> check.run().findings().stream())
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(finding ->
                            finding.revision() + " " + finding.findingClass().label())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "up-down-up, sqlite, 1",
        "up-down-up, postgresql, 1",
        // The second revision's body, run twice, adds rows: after that a new database is needed.
        "idempotent-rerun, sqlite, 2",
        "idempotent-rerun, postgresql, 2"
    })
    void theWalkGoesOn(String scenario, String dialect, int databases) throws IOException {
        history(dialect, "ALTER TABLE kind ADD COLUMN note TEXT;", "ALTER TABLE kind DROP COLUMN note;");

        assertThat(found(named(scenario), dialect)).isEmpty();
        assertThat(made).hasSize(databases);
    }

    @ParameterizedTest
    @CsvSource({
        "up-down-up, sqlite, 2",
        "up-down-up, postgresql, 2",
        "idempotent-rerun, sqlite, 3",
        "idempotent-rerun, postgresql, 3"
    })
    void whatOnlyTheOtherNumbersWouldBreakIsNotFound(String scenario, String dialect, int databases)
            throws IOException {
        history(
                dialect,
                "CREATE TABLE bird (kind_id INTEGER NOT NULL REFERENCES kind (id), name TEXT);"
                        + " INSERT INTO bird (kind_id, name) VALUES (1, 'turnstone');",
                "DROP TABLE bird;");

        assertThat(found(named(scenario), dialect)).isEmpty();
        assertThat(made).hasSize(databases);
    }

    @ParameterizedTest
    @CsvSource({"up-down-up, sqlite", "up-down-up, postgresql"})
    void aRevisionsOwnFaultIsFoundOnce(String scenario, String dialect) throws IOException {
        history(dialect, "CREATE TABLE bird (name TEXT); CREATE TABLE nest (place TEXT);", "DROP TABLE bird;");

        assertThat(found(named(scenario), dialect)).containsExactly("3 leftover", "3 up-again-fails");
    }

    private static Scenario named(String name) {
        return Scenario.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
