package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.assertions.TurnstoneAssertions;
import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.scenario.SnapshotsKept;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.SnapshotDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    /** A history that says that its snapshots are kept, with no file of any dialect yet. */
    @MigrationTest(
            locations = "classpath:cases/warning",
            dialects = "sqlite",
            scenarios = "fresh-install",
            snapshots = SnapshotsKept.HEAD)
    static class ToBeKeptTestCase implements MigrationScenarios {}

    static class EachKeptTestCase implements MigrationScenarios {
        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS = MigrationTestExtension.builder()
                .locations("classpath:cases/kept")
                .dialects("sqlite")
                .scenarios("fresh-install")
                .snapshots(SnapshotsKept.EACH_REVISION)
                .build();
    }

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite")
    static class OwnFilesTestCase {
        @Test
        void namedAfterTheMethod(SchemaSnapshot snapshot) {
            TurnstoneAssertions.assertThat(snapshot).isEqualToSnapshotFile();
        }

        @Test
        void ofARevision(SchemaSnapshot snapshot) {
            TurnstoneAssertions.assertThat(snapshot)
                    .isEqualToSnapshotFile(SnapshotDirectory.ofModule().revision("shop", "5e11", "sqlite"));
        }
    }

    /** The program of a build that runs one class and prints why its tests fail. */
    static final class Build {

        private Build() {}

        public static void main(String[] arguments) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            try (LauncherSession session = LauncherFactory.openSession()) {
                session.getLauncher()
                        .execute(
                                LauncherDiscoveryRequestBuilder.request()
                                        .selectors(DiscoverySelectors.selectClass(arguments[0]))
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
        return build(HalfKeptTestCase.class, module, ci);
    }

    private static String build(Class<?> testCase, Path module, String ci) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbasedir=" + module,
                        "-Dturnstone.directory=" + module.resolve("work"),
                        "-Dturnstone.report.directory=" + module.resolve("report"),
                        Build.class.getName(),
                        testCase.getName())
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
                .contains(
                        "Run mvn test -Dtest=KeptSnapshotTests -Dturnstone.snapshots=update, look at what changed in the file,"
                                + " and commit it.");
        assertThat(missing).doesNotExist();
        assertThat(build(module, "")).contains("passed 1");
        assertThat(missing).content().startsWith("turnstone-snapshot 1\ndialect sqlite\n\ntable customer\n");
        assertThat(build(module, "true")).contains("passed 1");

        Files.delete(missing);
        Files.delete(other);
        assertThat(build(module, "true")).contains("passed 1");
    }

    /** Who says that the snapshot is kept need not have made a file for that to hold. */
    @Test
    void aHistoryThatKeepsItsSnapshotFailsOnCiWithoutAnyFile(@TempDir Path module) throws IOException {
        Path missing =
                module.resolve("src/test/resources/turnstone/snapshots/ToBeKeptTestCase.fresh-install.sqlite.txt");

        assertThat(build(ToBeKeptTestCase.class, module, "1"))
                .contains("passed 0", "snapshot-differs", "There is no snapshot " + missing + ".")
                .contains("Run mvn test -Dtest=KeptSnapshotTests -Dturnstone.snapshots=update, look at what changed");
        assertThat(missing).doesNotExist();
        assertThat(build(ToBeKeptTestCase.class, module, "")).contains("passed 1");
        assertThat(missing).exists();
        assertThat(build(ToBeKeptTestCase.class, module, "1")).contains("passed 1");
    }

    @Test
    void eachRevisionHasAFileThatMustBeThereOnCi(@TempDir Path module) throws IOException {
        Path folder = module.resolve("src/test/resources/turnstone/snapshots/EachKeptTestCase.fresh-install");
        Path first = folder.resolve("5e110000000a.sqlite.txt");
        Path second = folder.resolve("5e110000000b.sqlite.txt");

        assertThat(build(EachKeptTestCase.class, module, "true"))
                .contains("passed 0", "There is no snapshot " + first + ".", "There is no snapshot " + second + ".");
        assertThat(build(EachKeptTestCase.class, module, "false")).contains("passed 1");
        assertThat(first).content().contains("column id").doesNotContain("column name");
        assertThat(second).content().contains("column id", "column name");
        assertThat(build(EachKeptTestCase.class, module, "true")).contains("passed 1");

        Files.writeString(first, Files.readString(first).replace("INTEGER", "TEXT"));
        Files.delete(second);
        assertThat(build(EachKeptTestCase.class, module, "true"))
                .contains("Revision 5e110000000a (customers) on SQLite differs from the snapshot " + first)
                .contains("There is no snapshot " + second + ".");
    }

    @Test
    void anAssertionFailsOnCiWithTheCommandThatWritesItsFile(@TempDir Path module) throws IOException {
        Path folder = module.resolve("src/test/resources/turnstone/snapshots");

        assertThat(build(OwnFilesTestCase.class, module, "true"))
                .contains(
                        "passed 0",
                        "There is no snapshot " + folder.resolve("KeptSnapshotTests.namedAfterTheMethod.sqlite.txt"),
                        "There is no snapshot " + folder.resolve("shop/5e11.sqlite.txt"),
                        "  mvn test -Dtest=KeptSnapshotTests -Dturnstone.snapshots=update");
        assertThat(folder).doesNotExist();
        assertThat(build(OwnFilesTestCase.class, module, "")).contains("passed 2");
        assertThat(build(OwnFilesTestCase.class, module, "true")).contains("passed 2");
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
                .endsWith("\nWhere the history is right: Run mvn test -Dtest=KeptSnapshotTests"
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
