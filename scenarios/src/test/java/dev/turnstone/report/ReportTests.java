package dev.turnstone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {

    private static Finding finding(FindingClass findingClass, Severity severity, String message) {
        return new Finding(
                "up-down-up",
                "sqlite",
                RevisionId.of("c41d"),
                findingClass,
                ObjectId.of(ObjectKind.INDEX, "ix"),
                severity,
                message,
                "Drop it.");
    }

    private static HistoryReport report(String message) {
        HistoryReport report = new HistoryReport("shop", "turnstone", 2);
        report.add(result("sqlite", "c41d", finding(FindingClass.LEFTOVER, Severity.ERROR, message)));
        report.add(result("sqlite", "d52e", finding(FindingClass.ORDER_ONLY, Severity.INFO, "order")));
        report.add(result("postgresql", "c41d"));
        report.add(new HistoryReport.Result(
                "up-down-up",
                "postgresql",
                "PostgreSQL 17",
                "d52e",
                new Outcome(
                        List.of(), List.of(new Skipped("up-down-up", "postgresql", RevisionId.of("d52e"), "because"))),
                Duration.ZERO));
        return report;
    }

    private static HistoryReport.Result result(String dialect, String title, Finding... findings) {
        return new HistoryReport.Result(
                "up-down-up",
                dialect,
                dialect.equals("sqlite") ? "SQLite 3" : "PostgreSQL 17",
                title,
                new Outcome(List.of(findings), List.of()),
                Duration.ofMillis(12));
    }

    @Test
    void the_table_counts_checks_and_findings() {
        assertThat(SummaryTable.of(report("left"))).isEqualTo("""
                shop | 2 revisions (turnstone) | SQLite 3 | PostgreSQL 17

                  scenario     sqlite               postgresql
                  up-down-up   1 failed, 1 passed   1 passed, 1 skipped

                  error: 1 leftover
                  info: 1 order-only
                """);
    }

    @Test
    void a_check_that_runs_again_takes_the_place_of_its_first_result() {
        HistoryReport report = report("left");
        assertThat(report.failed()).isTrue();
        report.add(result("sqlite", "c41d"));
        assertThat(report.failed()).isFalse();
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void the_page_escapes_what_it_shows_and_needs_nothing_beside_it(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("deep/er/report.html");
        HtmlReport.write(List.of(report("<script>alert('x')</script> & \"more\"")), file);
        String page = Files.readString(file);
        assertThat(page)
                .contains("&lt;script&gt;alert(")
                .doesNotContain("<script")
                .doesNotContainPattern("(src|href)\\s*=|url\\(|@import")
                .contains("index ix", "Drop it.", "because", "shop");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void the_page_shows_control_characters_that_no_page_may_have(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.html");
        HtmlReport.write(List.of(report("left\u0000 \u001B[2J\u0007 \u009B1m \u202Etxt.exe \tline\nend")), file);
        assertThat(Files.readString(file))
                .contains("left\\u0000 \\u001B[2J\\u0007 \\u009B1m \\u202Etxt.exe \tline\nend")
                .doesNotContain("\u0000", "\u001B", "\u0007", "\u009B", "\u202E");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_umask_decides_who_may_read_the_page(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.html");
        HtmlReport.write(List.of(report("left")), file);
        Path other = Files.createFile(directory.resolve("other.html"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }
}
