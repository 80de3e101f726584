package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.UnscriptedPreconditionException;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquibasePreconditionTests {

    private static final String BODY = "CREATE TABLE made (x integer);";
    private final List<String> said = new ArrayList<>();

    private static Scripts scripts(Path folder, String... lines) {
        try {
            Files.writeString(
                    folder.resolve("a.sql"),
                    "--liquibase formatted sql\n--changeset b:0\nCREATE TABLE old (x integer);\n--changeset b:1\n"
                            + String.join("\n", lines) + "\n" + BODY + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Scripts.load(List.of(LiquibaseSource.of(folder)));
    }

    private Migrator migrator(DatabaseForTests database, String... lines) {
        return Migrator.of(database.dataSource(), scripts(database.folder(), lines))
                .withListener(new StepListener() {
                    @Override
                    public void preconditionFailed(Step step, String message, boolean skipped) {
                        said.add((skipped ? "skipped: " : "ran: ") + message);
                    }
                });
    }

    @EachDialect
    void runsTheBodyIfThePreconditionHolds(DatabaseForTests database) {
        migrator(
                        database,
                        "--preconditions onFail:HALT",
                        "--precondition-sql-check expectedResult:0 SELECT count(*) FROM old;",
                        "--precondition-sql-check expectedResult:'a b' SELECT 'a b'",
                        "--precondition-table-exists table:OLD")
                .upgrade("head");

        assertThat(database.tables()).contains("made");
        assertThat(said).isEmpty();
    }

    @EachDialect
    void haltEndsTheRunAndReportsThePreconditionAndTheState(DatabaseForTests database) {
        Migrator migrator = migrator(database, "--precondition-sql-check expectedResult:1 SELECT count(*) FROM old");

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(PreconditionFailedException.class)
                .hasMessageStartingWith("Revision b:1 has a precondition on ")
                .hasMessageContaining(
                        ", at a.sql:5:1:\n  SELECT count(*) FROM old\nmust return '1', but it returns '0'.\nThe revision"
                                + " was rolled back; the version is still b:0. Change the database so that the precondition holds");
        assertThat(database.tables()).contains("old").doesNotContain("made");
        assertThat(database.versionRows()).containsExactly("b:0");
    }

    @ParameterizedTest
    @CsvSource({
        "MARK_RAN, does not run (MARK_RAN).",
        "CONTINUE, does not run (CONTINUE); Liquibase would check it again"
    })
    void skipsTheBodyAndRecordsTheRevisionAsApplied(String onFail, String words) throws Exception {
        for (DatabaseForTests each : List.of(DatabaseForTests.sqlite(), DatabaseForTests.postgresql())) {
            try (DatabaseForTests database = each) {
                said.clear();
                migrator(
                                database,
                                "--preconditions onFail:" + onFail,
                                "--precondition-sql-check expectedResult:1 SELECT count(*) FROM old")
                        .upgrade("head");

                assertThat(database.tables()).doesNotContain("made");
                assertThat(database.versionRows()).containsExactly("b:1");
                assertThat(said)
                        .singleElement()
                        .asString()
                        .startsWith("skipped: Revision b:1")
                        .contains(words);
            }
        }
    }

    @EachDialect
    void warnLetsTheBodyRun(DatabaseForTests database) {
        migrator(database, "--preconditions onFail:WARN", "--precondition-view-exists view:nothing")
                .upgrade("head");

        assertThat(database.tables()).contains("made");
        assertThat(said).singleElement().asString().startsWith("ran: ").endsWith("It runs anyway (WARN).");
    }

    @EachDialect
    void handlesAFailingQueryByOnError(DatabaseForTests database) {
        String[] lines = {
            "--preconditions onFail:MARK_RAN", "--precondition-sql-check expectedResult:1 SELECT x FROM no"
        };
        assertThatThrownBy(() -> migrator(database, lines).upgrade("head"))
                .as("onError is HALT by default")
                .isInstanceOf(PreconditionFailedException.class)
                .hasMessageContaining("must return '1', but the query fails: ");

        lines[0] += " onError:WARN";
        migrator(database, lines).upgrade("head");
        assertThat(database.tables()).as("in the same transaction as the query").contains("made");
        assertThat(said).singleElement().asString().contains("the query fails: ");
    }

    @EachDialect
    void checksPreconditionsWithoutATransaction(DatabaseForTests database) throws IOException {
        Path folder = database.folder();
        scripts(folder, "--precondition-sql-check expectedResult:1 SELECT count(*) FROM old");
        Path file = folder.resolve("a.sql");
        Files.writeString(file, Files.readString(file).replace("b:1", "b:1 runInTransaction:false"));
        Migrator migrator = Migrator.of(database.dataSource(), Scripts.load(List.of(LiquibaseSource.of(folder))));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(PreconditionFailedException.class)
                .hasMessageContaining("This run of the revision changed nothing. The version is still b:0.");
        assertThat(database.tables()).doesNotContain("made");
    }

    @EachDialect
    void rejectsResultsThatAreNotOneValue(DatabaseForTests database) {
        String check = "--precondition-sql-check expectedResult:1 ";
        for (String[] each : new String[][] {
            {"SELECT x FROM old", "it returns no row"},
            {"SELECT NULL", "it returns NULL"},
            {"SELECT 1, 2", "it returns several columns"},
            {"SELECT 1 UNION ALL SELECT 1", "it returns several rows"}
        }) {
            assertThatThrownBy(() -> migrator(database, check + each[0]).upgrade("head"))
                    .hasMessageContaining(", but " + each[1] + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aScriptContainsTheBodyUnlessThePreconditionsForbidIt(String dialect, @TempDir Path folder) {
        String check = "--precondition-sql-check expectedResult:1 SELECT 2";
        assertThat(script(dialect, scripts(folder, check)))
                .contains("-- Not checked in a script: SELECT 2 must return '1'.", BODY);
        assertThatThrownBy(() -> script(dialect, scripts(folder, "--preconditions onSqlOutput:FAIL", check)))
                .isInstanceOf(UnscriptedPreconditionException.class)
                .hasMessageContaining("Revision b:1 (a.sql)");
        assertThat(script(dialect, scripts(folder, "--preconditions onSqlOutput:TEST", check)))
                .contains("-- NEEDS A CONNECTION: it asks for its preconditions")
                .doesNotContain(BODY);
    }

    private static String script(String dialect, Scripts scripts) {
        VersionTable table =
                new VersionTable(Dialects.named(dialect), dialect.equals("sqlite") ? "main" : "", "turnstone_version");
        return OfflineScript.upgrade(scripts, table, "head").text();
    }

    @Test
    void rejectsWhatLiquibaseRejects(@TempDir Path folder) {
        for (String[] each : new String[][] {
            {
                "--precondition-sql-check SELECT 1",
                "is not a valid check. Write '--precondition-sql-check expectedResult:VALUE"
            },
            {"--precondition-row-count table:a", "is not a precondition of formatted SQL"},
            {"--precondition-table-exists a", "The table has no name"},
            {"--preconditions onFail:STOP\n--precondition-table-exists table:a", "onFail:STOP is unknown"}
        }) {
            assertThatThrownBy(() -> scripts(folder, each[0]))
                    .isInstanceOf(MalformedMigrationFileException.class)
                    .hasMessageStartingWith("a.sql:5:1: ")
                    .hasMessageContaining(each[1]);
        }
    }

    @EachDialect
    void ignoresThePreconditionsOfAnotherDialect(DatabaseForTests database) throws IOException {
        Path folder = database.folder();
        scripts(folder, "--precondition-sql-check expectedResult:1 SELECT 2");
        Path file = folder.resolve("a.sql");
        Files.writeString(file, Files.readString(file).replace("b:1", "b:1 dbms:oracle"));
        Migrator.of(database.dataSource(), Scripts.load(List.of(LiquibaseSource.of(folder))))
                .upgrade("head");
        assertThat(database.versionRows()).containsExactly("b:1");
    }
}
