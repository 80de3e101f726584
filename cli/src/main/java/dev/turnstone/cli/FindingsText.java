package dev.turnstone.cli;

import dev.turnstone.report.HistoryReport;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints findings on the terminal: errors in full, all others as one line for each class. */
final class FindingsText {

    private static final int SHOWN = 8;

    private FindingsText() {}

    static void print(HistoryReport report, Terminal out) {
        if (report.findings().isEmpty()) {
            return;
        }
        for (Finding finding : report.findings()) {
            if (finding.severity() == Severity.ERROR) {
                out.style("@|bold,red error|@ @|bold " + finding.findingClass().label() + "|@");
                out.print(" | " + finding.scenario() + " | " + finding.dialect() + "\n"
                        + finding.message().indent(2)
                        + finding.remedy().indent(2) + "\n");
            }
        }
        Map<String, List<Finding>> lesser = report.findings().stream()
                .filter(f -> f.severity() != Severity.ERROR)
                .collect(Collectors.groupingBy(
                        f -> f.severity().label() + " " + f.findingClass().label() + " | " + f.scenario() + " | "
                                + f.dialect(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        lesser.forEach((title, findings) -> out.print(title + ": " + findings.size() + " ("
                + findings.stream().limit(SHOWN).map(f -> f.object().name()).collect(Collectors.joining(", "))
                + (findings.size() > SHOWN ? ", …" : "")
                + ")\n"));
        out.print("\n");
    }
}
