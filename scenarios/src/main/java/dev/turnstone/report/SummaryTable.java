package dev.turnstone.report;

import dev.turnstone.report.HistoryReport.Result;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats a report as a table of scenarios and dialects, for the terminal. */
public final class SummaryTable {

    private SummaryTable() {}

    /** Returns a line for the history, the table and the numbers of findings. The text ends with a line break. */
    public static String of(HistoryReport report) {
        List<String> dialects = List.copyOf(report.dialects());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("scenario"));
        head.addAll(dialects);
        rows.add(head);
        for (Scenario scenario : inUsualOrder(report)) {
            List<String> row = new ArrayList<>(List.of(scenario.name()));
            dialects.forEach(dialect -> row.add(
                    scenario.spansDialects() == dialect.equals(Scenario.BOTH)
                            ? cell(report.results(scenario.name(), dialect))
                            : ""));
            rows.add(row);
        }
        return report.title() + " | " + report.revisions() + (report.revisions() == 1 ? " revision" : " revisions")
                + " (" + report.format() + ") | "
                + String.join(" | ", report.servers()) + "\n\n"
                + aligned(rows) + "\n"
                + counted(report) + "\n";
    }

    private static List<Scenario> inUsualOrder(HistoryReport report) {
        return Scenario.all().stream()
                .filter(scenario -> report.scenarios().contains(scenario.name()))
                .toList();
    }

    private static String cell(List<Result> results) {
        if (results.isEmpty()) {
            return "not run";
        }
        long failed = results.stream().filter(Result::failed).count();
        long skipped = results.stream()
                .filter(r -> !r.failed() && r.outcome().isSkipped())
                .count();
        long passed = results.size() - failed - skipped;
        List<String> parts = new ArrayList<>();
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        if (passed > 0) {
            parts.add(passed + " passed");
        }
        if (skipped > 0) {
            parts.add(skipped + " skipped");
        }
        return String.join(", ", parts);
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String counted(HistoryReport report) {
        long couldNotRun =
                report.results().stream().filter(result -> !result.ran()).count();
        if (couldNotRun > 0) {
            return "  " + couldNotRun + " could not run\n" + findings(report);
        }
        return findings(report);
    }

    private static String findings(HistoryReport report) {
        if (report.findings().isEmpty()) {
            return "  no findings";
        }
        Map<Severity, Map<String, Long>> counts = new TreeMap<>(java.util.Comparator.reverseOrder());
        for (Finding finding : report.findings()) {
            counts.computeIfAbsent(finding.severity(), s -> new TreeMap<>())
                    .merge(finding.findingClass().label(), 1L, Long::sum);
        }
        return counts.entrySet().stream()
                .map(bySeverity -> "  " + bySeverity.getKey().label() + ": "
                        + bySeverity.getValue().entrySet().stream()
                                .map(e -> e.getValue() + " " + e.getKey())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }
}
