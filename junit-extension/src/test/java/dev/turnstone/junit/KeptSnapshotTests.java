package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.snapshot.SnapshotDirectory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fresh install is compared with the file that is kept for the test class, on the dialects that have one. */
class KeptSnapshotTests {

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite")
    static class SameAsKeptTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/warning", dialects = "sqlite")
    static class OtherThanKeptTestCase implements MigrationScenarios {}

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
