package dev.turnstone.junit;

import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the findings of a check to JUnit's reporters, as report entries and as files. */
final class PublishedFindings {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedFindings.class);

    private PublishedFindings() {}

    static void publish(Outcome outcome, ExtensionContext context) {
        outcome.findings()
                .forEach(finding -> context.publishReportEntry(
                        Map.of("turnstone." + finding.findingClass().label(), finding.toString())));
        // JUnit has one directory for each test; each finding needs a separate name in it.
        for (Finding finding : outcome.findings()) {
            if (finding.severity() == Severity.ERROR) {
                publish(finding, context);
            }
        }
    }

    private static void publish(Finding finding, ExtensionContext context) {
        try {
            context.publishDirectory(name(finding), directory -> write(finding, directory));
        } catch (JUnitException | UnsupportedOperationException e) {
            // The launcher does not support files: the entries and the failure contain the same information.
            LOG.debug("The files of a finding are not published.", e);
        }
    }

    /** Returns a file name, for example {@code up-down-up-postgresql-c41d7be0a2f5-leftover-index_ix_jobs_status}. */
    private static String name(Finding finding) {
        return Stream.of(
                        finding.scenario(),
                        finding.dialect(),
                        finding.revision() == null ? "" : finding.revision().value(),
                        finding.findingClass().label(),
                        finding.object().toString())
                .filter(part -> !part.isEmpty())
                .map(part -> part.replaceAll("[^A-Za-z0-9._-]+", "_"))
                .collect(Collectors.joining("-"));
    }

    private static void write(Finding finding, Path directory) throws IOException {
        Files.writeString(directory.resolve("finding.txt"), finding + "\n");
        Finding.Comparison comparison = finding.comparison();
        if (comparison != null) {
            Files.writeString(directory.resolve("expected.txt"), ended(comparison.expected()));
            Files.writeString(directory.resolve("actual.txt"), ended(comparison.actual()));
        }
    }

    private static String ended(String text) {
        return Objects.requireNonNull(text).isEmpty() ? "" : text + "\n";
    }
}
