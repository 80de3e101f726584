package dev.turnstone.junit;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.report.HistoryReport;
import dev.turnstone.report.HtmlReport;
import dev.turnstone.report.SummaryTable;
import dev.turnstone.report.VisibleText;
import dev.turnstone.snapshot.SnapshotDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The databases and reports that all test classes of one run share. Thread-safe.
 *
 * <p>JUnit closes it after the last test. If a build reruns failed tests in the same session, their results replace the
 * earlier ones in the report.
 */
final class TestRun implements AutoCloseable {

    static final String REPORT_DIRECTORY = "turnstone.report.directory";

    private final DatabaseSettings settings;
    private final ConcurrentMap<String, Served> byImage = new ConcurrentHashMap<>();
    private final Path reportFile;
    private final ConcurrentMap<Class<?>, HistoryReport> reports = new ConcurrentHashMap<>();

    private TestRun(DatabaseSettings settings, Path reportFile) {
        this.settings = settings;
        this.reportFile = reportFile;
    }

    /** The databases of all classes with the same PostgreSQL image. */
    private record Served(TestDatabases databases, HistoryCopies copies) {}

    static TestRun of(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(TestRun.class, key -> begin(context), TestRun.class);
    }

    private static TestRun begin(ExtensionContext context) {
        KnownSettings.refuseOthers(context.getRequiredTestClass().getClassLoader());
        DatabaseSettings settings = DatabaseSettings.of(
                name -> context.getConfigurationParameter(name).orElse(null), System.getenv());
        Path directory = context.getConfigurationParameter(REPORT_DIRECTORY)
                .map(Path::of)
                .orElseGet(TestRun::buildDirectory);
        return new TestRun(settings, directory.resolve("report.html"));
    }

    /** Returns the output directory of Maven or Gradle, else the working directory. */
    private static Path buildDirectory() {
        return Stream.of("target", "build")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of(""))
                .resolve("turnstone");
    }

    TestDatabases databases(MigrationTestSettings wanted) {
        return served(wanted).databases();
    }

    HistoryCopies copies(MigrationTestSettings wanted) {
        return served(wanted).copies();
    }

    private Served served(MigrationTestSettings wanted) {
        return byImage.computeIfAbsent(wanted.said().postgresImage(), image -> {
            TestDatabases databases = TestDatabases.with(image.isEmpty() ? settings : settings.withContainerOf(image));
            return new Served(databases, new HistoryCopies(databases));
        });
    }

    HistoryReport report(MigrationTestSettings settings) {
        return reports.computeIfAbsent(
                settings.testClass(),
                testClass -> new HistoryReport(
                        testClass.getSimpleName(),
                        settings.tool().format().label(),
                        settings.tool().graph().revisions().size()));
    }

    @Override
    @SuppressWarnings("SystemOut") // Users read the summary at the end of the build's output.
    public void close() {
        List<TestDatabases> used =
                byImage.values().stream().map(Served::databases).toList();
        boolean embedded = used.stream().anyMatch(TestDatabases::useEmbedded);
        try {
            List<HistoryReport> ran = reports.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                    .map(Map.Entry::getValue)
                    .filter(report -> !report.results().isEmpty())
                    .toList();
            if (!ran.isEmpty()) {
                System.out.println(VisibleText.of(summary(ran)));
                System.out.println("report: " + written(ran));
            }
        } finally {
            close(used, embedded);
        }
    }

    private static void close(List<TestDatabases> used, boolean embedded) {
        RuntimeException failure = null;
        for (TestDatabases databases : used) {
            try {
                databases.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            if (embedded) {
                TestDatabases.stopEmbeddedIfUnused();
            }
        }
    }

    /** Returns the report's path, or why it was not written, because that must not fail the finished tests. */
    private String written(List<HistoryReport> ran) {
        try {
            HtmlReport.write(ran, reportFile);
            return reportFile.toAbsolutePath().toString();
        } catch (UncheckedIOException e) {
            return "none. " + e.getMessage() + " Cause: " + e.getCause();
        }
    }

    private List<String> announcements() {
        return byImage.values().stream()
                .flatMap(served -> served.databases().announcement().stream())
                .distinct()
                .toList();
    }

    private String summary(List<HistoryReport> ran) {
        return Stream.concat(
                                ran.stream().map(report -> SummaryTable.of(report) + "\n"),
                                Stream.of(
                                                announcements(),
                                                settings.notes(),
                                                SnapshotDirectory.ofModule().notes())
                                        .flatMap(List::stream)
                                        .map(note -> "note: " + note + "\n"))
                        .collect(Collectors.joining("", "\nTurnstone\n\n", ""))
                        .stripTrailing()
                + "\n";
    }
}
