package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.ServerForTests;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.format.GolangMigrateSource;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.scenario.roundtrip.UpDownUp;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** What up-down-up finds, revision by revision. */
    private List<String> found(String dialect) {
        ScenarioContext context = new ScenarioContext(
                new BundledEngine(Scripts.load(List.of(GolangMigrateSource.of(directory)))),
                Dialects.named(dialect),
                DATABASES,
                new ScenarioOptions(null, null, name -> null, IdempotentBodies.BY_FORMAT),
                null,
                database -> made.add(database.describe()));
        try (ScenarioRun run = new UpDownUp().on(context)) {
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
    @ValueSource(strings = {"sqlite", "postgresql"})
    void theWalkGoesOn(String dialect) throws IOException {
        history(dialect, "ALTER TABLE kind ADD COLUMN note TEXT;", "ALTER TABLE kind DROP COLUMN note;");

        assertThat(found(dialect)).isEmpty();
        assertThat(made).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void whatOnlyTheOtherNumbersWouldBreakIsNotFound(String dialect) throws IOException {
        history(
                dialect,
                "CREATE TABLE bird (kind_id INTEGER NOT NULL REFERENCES kind (id), name TEXT);"
                        + " INSERT INTO bird (kind_id, name) VALUES (1, 'turnstone');",
                "DROP TABLE bird;");

        assertThat(found(dialect)).isEmpty();
        assertThat(made).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aRevisionsOwnFaultIsFoundOnce(String dialect) throws IOException {
        history(dialect, "CREATE TABLE bird (name TEXT); CREATE TABLE nest (place TEXT);", "DROP TABLE bird;");

        assertThat(found(dialect)).containsExactly("3 leftover", "3 up-again-fails");
    }
}
