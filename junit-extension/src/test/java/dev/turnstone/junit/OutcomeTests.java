package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult.Status;

@ResourceLock(Resources.SYSTEM_OUT)
class OutcomeTests {

    @MigrationTest(locations = "classpath:cases/failing")
    static class FailingTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/warning")
    static class WarningTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/irreversible", dialects = "sqlite")
    static class IrreversibleTestCase implements MigrationScenarios {}

    @MigrationTest(dialects = "sqlite")
    static class PassingTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/cluster", dialects = "postgresql")
    static class ClusterTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/overflow", dialects = "sqlite")
    static class OverflowTestCase implements MigrationScenarios {}

    static class Elsewhere {
        @MigrationTest(locations = "classpath:cases/failing", dialects = "sqlite")
        static class PassingTestCase implements MigrationScenarios {}
    }

    /** Runs, and returns what was printed meanwhile. */
    static String printed(Runnable run) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            run.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anErrorFailsItsLeafAndNamesDialectRevisionObjectAndRemedy() {
        Ran ran = Launch.onServer().run(FailingTestCase.class);

        assertThat(ran.failed())
                .isNotEmpty()
                .allMatch(leaf -> leaf.path().contains("PostgreSQL/"))
                .anySatisfy(leaf -> {
                    assertThat(leaf.place()).isEqualTo("freshInstall/PostgreSQL/postgresql head 5e11d0000001");
                    assertThat(leaf.message())
                            .contains("up-fails", "5e11d0000001", "PostgreSQL", "CREATE TABLE broken", "no_such_type");
                });
        assertThat(ran.leaves().stream().filter(leaf -> leaf.path().startsWith("SQLite/")))
                .hasSize(7)
                .allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
    }

    @Test
    void aHistoryThatDropsARoleIsRefusedOnANamedServer() {
        Ran ran = Launch.onServer().run(ClusterTestCase.class);

        assertThat(ran.leaves()).noneMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
        assertThat(ran.failures()).isNotEmpty().allSatisfy(message -> assertThat(message)
                .contains("5e1300000001_roles.sql:6:1", "DROP ROLE IF EXISTS outcome_app")
                .contains("turnstone.allow-cluster-changes"));
    }

    @Test
    void anInternalErrorInACheckFailsThatTestOnly() {
        Ran ran = Launch.onServer().run(OverflowTestCase.class);

        assertThat(ran.leaves())
                .filteredOn(leaf -> leaf.place().startsWith("freshInstall"))
                .isNotEmpty()
                .allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
        assertThat(ran.failed()).isNotEmpty().anySatisfy(leaf -> {
            assertThat(leaf.place()).startsWith("upDownUp/SQLite/sqlite 5e1200000001");
            assertThat(leaf.message()).startsWith("internal-error").contains("stack", "reference");
        });
    }

    @Test
    void aWarningIsPublishedAndFailsNothing() {
        Ran ran = Launch.onServer().run(WarningTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
        assertThat(ran.reportEntries())
                .hasSize(2)
                .allMatch(published -> published.startsWith("turnstone.down-rerun-fails=warning"))
                .anyMatch(published -> published.contains("sqlite | 5e11b0000001"))
                .anyMatch(published -> published.contains("postgresql | 5e11b0000001"));
    }

    @Test
    void whatIsNotLookedAtIsAbortedWithTheReason() {
        Ran ran = Launch.onServer().run(IrreversibleTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.aborted().stream().collect(Collectors.toMap(Leaf::place, Leaf::message)))
                .containsOnly(
                        entry(
                                "upDownUp/SQLite/sqlite 5e11c0000001 customers",
                                "Declared irreversible: the former table is gone"),
                        entry(
                                "upDownUp/SQLite/sqlite whole history to head 5e11c0000001",
                                "The last revision is not taken back, and so nothing before it is."),
                        entry(
                                "rows/SQLite/sqlite 5e11c0000001 customers",
                                "Declared irreversible: the former table is gone"),
                        entry(
                                "idempotentRerun/SQLite/sqlite 5e11c0000001 customers",
                                "Declared exempt: it is tested elsewhere"));
    }

    @Test
    void theRunEndsWithOneSummaryAndThePathOfItsReport(@TempDir Path directory) throws IOException {
        String printed = printed(() -> Launch.onServer()
                .with("turnstone.report.directory", directory.toString())
                .run(PassingTestCase.class, FailingTestCase.class));

        Path report = directory.resolve("report.html");
        assertThat(printed.lines().filter("Turnstone"::equals)).hasSize(1);
        assertThat(printed)
                .contains("FailingTestCase | 1 revision", "PassingTestCase | 2 revisions", "1 failed", "PostgreSQL 1")
                .endsWith("report: " + report + System.lineSeparator());
        assertThat(Files.readString(report)).contains("FailingTestCase", "PassingTestCase", "5e11d0000001");
    }

    @Test
    void classesOfOneNameAreReportedApart() {
        String printed = printed(() -> Launch.onServer().run(PassingTestCase.class, Elsewhere.PassingTestCase.class));

        assertThat(printed).contains("PassingTestCase | 2 revisions", "PassingTestCase | 1 revision ");
    }

    @Test
    void whatCouldNotRunIsNotReportedAsPassed() {
        String printed = printed(
                () -> Launch.on("postgresql://postgres@localhost:1/postgres").run(FailingTestCase.class));

        assertThat(printed)
                .containsPattern("fresh-install +1 passed +1 failed")
                .contains("8 could not run", "no findings");
    }

    @Test
    void aReportThatCannotBeWrittenDoesNotHideTheSummary(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        String printed = printed(() -> Launch.onServer()
                .with("turnstone.report.directory", file.toString())
                .run(PassingTestCase.class));

        assertThat(printed).contains("fresh-install", "report: none.", file.toString());
    }
}
