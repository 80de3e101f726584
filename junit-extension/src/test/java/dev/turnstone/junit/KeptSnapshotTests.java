package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.snapshot.SnapshotDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A fresh install is compared with the file that is kept for the test class, on the dialects that have one. */
class KeptSnapshotTests {

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite")
    static class SameAsKeptTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite")
    static class OtherThanKeptTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite", scenarios = "fresh-install")
    static class HalfKeptTestCase implements MigrationScenarios {}

    /** The program of a build that runs one class and prints why its tests fail. */
    static final class Build {

        private Build() {}

        public static void main(String[] arguments) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            try (LauncherSession session = LauncherFactory.openSession()) {
                session.getLauncher()
                        .execute(
                                LauncherDiscoveryRequestBuilder.request()
                                        .selectors(DiscoverySelectors.selectClass(HalfKeptTestCase.class))
                                        .build(),
                                summary);
            }
            System.out.println("passed " + summary.getSummary().getTestsSucceededCount());
            summary.getSummary()
                    .getFailures()
                    .forEach(
                            failure -> System.out.println(failure.getException().getMessage()));
        }
    }

    private static String build(Path module, String ci) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbasedir=" + module,
                        "-Dturnstone.directory=" + module.resolve("work"),
                        "-Dturnstone.report.directory=" + module.resolve("report"),
                        Build.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CI", ci);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A class that keeps the snapshot of one dialect needs one of each: on CI nobody would see a new one. */
    @Test
    void aMissingFileIsAFailureOnCiAndWrittenElsewhere(@TempDir Path module) throws IOException {
        Path folder = Files.createDirectories(module.resolve("src/test/resources/turnstone/snapshots"));
        Path other = Files.writeString(
                folder.resolve("HalfKeptTestCase.fresh-install.postgresql.txt"),
                "turnstone-snapshot 1\ndialect postgresql\n");
        Path missing = folder.resolve("HalfKeptTestCase.fresh-install.sqlite.txt");

        assertThat(build(module, "true"))
                .contains("passed 0", "snapshot-differs", "There is no snapshot " + missing + ".")
                .contains("Run HalfKeptTestCase with -Dturnstone.snapshots=update, look at what changed in the file,"
                        + " and commit it.");
        assertThat(missing).doesNotExist();
        assertThat(build(module, "")).contains("passed 1");
        assertThat(missing).content().startsWith("turnstone-snapshot 1\ndialect sqlite\n\ntable customer\n");
        assertThat(build(module, "true")).contains("passed 1");

        Files.delete(missing);
        Files.delete(other);
        assertThat(build(module, "true")).contains("passed 1");
    }

    private static List<Leaf> freshInstalls(Class<?> testCase) {
        return Launch.onServer().run(testCase).leaves().stream()
                .filter(leaf -> leaf.method().equals("freshInstall"))
                .toList();
    }

    @Test
    void theSameSchemaPasses() {
        assertThat(freshInstalls(SameAsKeptTestCase.class)).singleElement().satisfies(leaf -> assertThat(leaf.message())
                .isEmpty());
    }

    @Test
    void anotherSchemaFailsWithItsDifferenceAndTheCommandThatWritesTheFile() {
        assertThat(freshInstalls(OtherThanKeptTestCase.class)).singleElement().satisfies(leaf -> assertThat(
                        leaf.message())
                .startsWith("snapshot-differs\nA fresh install on SQLite differs from the snapshot ")
                .contains("OtherThanKeptTestCase.fresh-install.sqlite.txt:\n  - table gone\n")
                .endsWith("\nWhere the history is right: Run OtherThanKeptTestCase with"
                        + " -Dturnstone.snapshots=update, look at what changed in the file, and commit it."));
    }

    @Test
    void aFileThatNoTestHasUsedIsNamedAtTheEnd() {
        freshInstalls(SameAsKeptTestCase.class);

        assertThat(SnapshotDirectory.ofModule().notes())
                .singleElement()
                .asString()
                .startsWith("no test of this run has used ")
                .contains("; if all tests ran, delete ", "\n  NobodysTestCase.fresh-install.sqlite.txt")
                .doesNotContain("SameAsKeptTestCase");
    }
}
