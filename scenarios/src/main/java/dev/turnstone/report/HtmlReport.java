package dev.turnstone.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.turnstone.report.HistoryReport.Result;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.Skipped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes reports as one HTML page without external resources. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes the page, and replaces an older one. Creates missing directories.
     *
     * @param reports one report for each history
     * @param file the file to write
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(List<HistoryReport> reports, Path file) {
        try (Reader template = new InputStreamReader(
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.html.mustache")),
                StandardCharsets.UTF_8)) {
            String page = Mustache.compiler()
                    .withEscaper(text -> Escapers.HTML.escape(VisibleText.of(text)))
                    .compile(template)
                    .execute(Map.of(
                            "histories",
                            reports.stream().map(HtmlReport::history).toList()));
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            // Files.createTempFile is not used, because only the owner could read its file. Here the umask sets the
            // permissions.
            Path written = file.resolveSibling("report-" + UUID.randomUUID() + ".tmp");
            try {
                Files.writeString(written, page, StandardOpenOption.CREATE_NEW);
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The report " + file + " could not be written.", e);
        }
    }

    private static Map<String, Object> history(HistoryReport report) {
        return Map.of(
                "title",
                report.title(),
                "format",
                report.format(),
                "revisions",
                report.revisions(),
                "servers",
                List.copyOf(report.servers()),
                "dialects",
                List.copyOf(report.dialects()),
                "verdict",
                report.failed() ? "failed" : "passed",
                "scenarios",
                Scenario.all().stream()
                        .filter(s -> report.scenarios().contains(s.name()))
                        .map(s -> scenario(report, s))
                        .toList(),
                "findings",
                report.findings().stream().map(HtmlReport::finding).toList(),
                "skipped",
                report.skipped().stream().map(HtmlReport::skipped).toList());
    }

    private static Map<String, Object> scenario(HistoryReport report, Scenario scenario) {
        return Map.of(
                "name",
                scenario.name(),
                "proves",
                scenario.proves(),
                "cells",
                report.dialects().stream()
                        .map(dialect -> Map.of("results", cells(report.results(scenario.name(), dialect))))
                        .toList());
    }

    private static List<Map<String, Object>> cells(List<Result> results) {
        return results.stream()
                .map(r -> Map.<String, Object>of(
                        "title",
                        r.title(),
                        "state",
                        r.failed() ? "failed" : r.outcome().isSkipped() ? "skipped" : "passed",
                        "millis",
                        r.time().toMillis()))
                .toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        return Map.of(
                "severity", finding.severity().label(),
                "class", finding.findingClass().label(),
                "scenario", finding.scenario(),
                "dialect", finding.dialect(),
                "revision", orEmpty(finding.revision()),
                "object", finding.object().toString(),
                "message", finding.message(),
                "remedy", finding.remedy());
    }

    private static Map<String, Object> skipped(Skipped skipped) {
        return Map.of(
                "scenario", skipped.scenario(),
                "dialect", skipped.dialect(),
                "revision", orEmpty(skipped.revision()),
                "reason", skipped.reason());
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
