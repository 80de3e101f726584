package dev.turnstone.cli;

import dev.turnstone.report.HistoryReport;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Findings for the terminal: errors in full, the rest a line for each class. */
final class FindingsText {

    private static final int SHOWN = 8;

    private FindingsText() {}

    static String of(HistoryReport report) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : report.findings()) {
            if (finding.severity() == Severity.ERROR) {
                text.append(Ansi.AUTO.string("@|bold,red error|@ @|bold "
                                + finding.findingClass().label() + "|@"))
                        .append(" | ")
                        .append(finding.scenario())
                        .append(" | ")
                        .append(finding.dialect())
                        .append('\n')
                        .append(finding.message().indent(2))
                        .append(finding.remedy().indent(2))
                        .append('\n');
            }
        }
        Map<String, List<Finding>> lesser = report.findings().stream()
                .filter(f -> f.severity() != Severity.ERROR)
                .collect(Collectors.groupingBy(
                        f -> f.severity().label() + " " + f.findingClass().label() + " | " + f.scenario() + " | "
                                + f.dialect(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        lesser.forEach((title, findings) -> text.append(title)
                .append(": ")
                .append(findings.size())
                .append(" (")
                .append(findings.stream()
                        .limit(SHOWN)
                        .map(f -> f.object().name())
                        .collect(Collectors.joining(", ")))
                .append(findings.size() > SHOWN ? ", …" : "")
                .append(")\n"));
        return text.isEmpty() ? "" : text.append('\n').toString();
    }
}
