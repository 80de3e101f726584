package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFileTests {

    private final Path folder;

    SnapshotFileTests(@TempDir Path folder) {
        this.folder = folder;
    }

    private static SchemaSnapshot withColumns(int count) {
        List<Column> columns = IntStream.range(0, count)
                .mapToObj(i -> Column.of("c" + i, ColumnType.spelled("TEXT")))
                .toList();
        return new SchemaSnapshot("sqlite", new Schema(List.of(Table.of("t", columns)), List.of(), List.of()));
    }

    private SnapshotFile file() {
        return new SnapshotDirectory(folder).file("shop", "sqlite");
    }

    @Test
    void updateWritesTheFileAndReportsWhetherItIsNew() {
        assertThat(file().check(withColumns(2), SnapshotMode.UPDATE)).isEqualTo(new SnapshotCheck.Written(true));
        assertThat(file().read()).contains(withColumns(2));
        assertThat(file().check(withColumns(2), SnapshotMode.UPDATE)).isEqualTo(new SnapshotCheck.Written(false));
        assertThat(file().path()).isEqualTo(folder.resolve("shop.sqlite.txt"));
    }

    @Test
    void aMissingFileIsWrittenLocallyAndAFailureOnCi() {
        assertThat(file().check(withColumns(2), SnapshotMode.COMPARE)).isEqualTo(new SnapshotCheck.Missing());
        assertThat(file().exists()).isFalse();
        assertThat(file().check(withColumns(2), SnapshotMode.WRITE_MISSING)).isEqualTo(new SnapshotCheck.Written(true));
        assertThat(file().check(withColumns(2), SnapshotMode.COMPARE)).isEqualTo(new SnapshotCheck.Same());
    }

    @Test
    void reportsADifferenceAndDoesNotChangeTheFile() throws IOException {
        file().write(withColumns(2));
        String before = Files.readString(file().path());

        SnapshotCheck check = file().check(withColumns(3), SnapshotMode.WRITE_MISSING);

        assertThat(check)
                .isInstanceOfSatisfying(SnapshotCheck.Different.class, different -> assertThat(different.difference())
                        .hasToString("+ column t.c2 (nullable yes, type TEXT)"));
        assertThat(Files.readString(file().path())).isEqualTo(before);
    }

    @Test
    void doesNotCompareAFileOfAnotherDialect() {
        file().write(withColumns(2));
        SchemaSnapshot other = new SchemaSnapshot("postgresql", withColumns(2).schema());
        assertThat(file().check(other, SnapshotMode.COMPARE)).isEqualTo(new SnapshotCheck.OtherDialect("sqlite"));
    }

    @Test
    void updateReplacesAFileThatCannotBeRead() throws IOException {
        Files.writeString(file().path(), "<<<<<<< HEAD\n");
        file().check(withColumns(1), SnapshotMode.UPDATE);
        assertThat(file().read()).contains(withColumns(1));
    }

    @Test
    void rejectsTwoSchemasForOneFile() {
        file().check(withColumns(1), SnapshotMode.UPDATE);
        assertThatThrownBy(() -> file().check(withColumns(2), SnapshotMode.UPDATE))
                .isInstanceOf(SnapshotSharedException.class)
                .hasMessage("Two different schemas were written to the snapshot " + file().path()
                        + " in one run; it contains the first one.\nGive each of them a separate name.");
        assertThat(file().read()).contains(withColumns(1));
    }

    @Test
    void parallelTestsSeeOnlyCompleteFiles() throws Exception {
        SchemaSnapshot snapshot = withColumns(2_000);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<SnapshotCheck> check = () -> file().check(snapshot, SnapshotMode.WRITE_MISSING);
            for (Future<SnapshotCheck> each :
                    pool.invokeAll(Stream.generate(() -> check).limit(64).toList())) {
                assertThat(each.get()).isIn(new SnapshotCheck.Same(), new SnapshotCheck.Written(true));
            }
        } finally {
            pool.shutdownNow();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file().path());
        }
    }

    @Test
    void listsUnusedFilesAndOrphans() {
        SnapshotDirectory directory = new SnapshotDirectory(folder);
        directory.revision("shop", "0001", "sqlite").write(withColumns(1));
        directory.revision("shop", "0002", "sqlite").write(withColumns(2));
        SnapshotFile moved = directory.file("other", "sqlite");
        moved.write(withColumns(1));

        assertThat(directory.orphans("shop", List.of("0001"))).containsExactly(folder.resolve("shop/0002.sqlite.txt"));
        assertThat(directory.orphans("none", List.of())).isEmpty();
        assertThat(directory.unused()).isEmpty();
        Path stray = folder.resolve("stray.sqlite.txt");
        assertThat(moved.path().toFile().renameTo(stray.toFile())).isTrue();
        assertThat(directory.unused()).containsExactly(stray);
    }

    @Test
    void convertsAnyNameToAFileName() {
        SnapshotDirectory directory = new SnapshotDirectory(folder);
        assertThat(directory.file("../a b/é", "sqlite").path())
                .isEqualTo(folder.resolve("%2e.%2fa%20b%2fé.sqlite.txt"));
    }

    @Test
    void readsTheModeFromThePropertyAndThenFromCi() {
        Map<String, String> ci = Map.of("CI", "true");
        assertThat(SnapshotMode.of("update", ci)).isEqualTo(SnapshotMode.UPDATE);
        assertThat(SnapshotMode.of("compare", Map.of())).isEqualTo(SnapshotMode.COMPARE);
        assertThat(SnapshotMode.of("", ci)).isEqualTo(SnapshotMode.COMPARE);
        assertThat(SnapshotMode.of("", Map.of())).isEqualTo(SnapshotMode.WRITE_MISSING);
        assertThatThrownBy(() -> SnapshotMode.of("upadte", Map.of()))
                .isInstanceOf(InvalidSnapshotModeException.class)
                .hasMessage("-Dturnstone.snapshots=upadte is not valid.\n"
                        + "Use 'update' to write snapshot files, or 'compare' to fail if one is missing.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CI=true",
                "CI=True",
                "CI=1",
                "CI=woodpecker",
                "TF_BUILD=True",
                "JENKINS_URL=https://builds.example/",
                "TEAMCITY_VERSION=2025.03",
                "CODEBUILD_BUILD_ID=shop:1"
            })
    void detectsServicesOfContinuousIntegration(String variable) {
        String[] parts = variable.split("=", 2);
        assertThat(SnapshotMode.of("", Map.of(parts[0], parts[1]))).isEqualTo(SnapshotMode.COMPARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CI=", "CI=false", "CI=0", "JENKINS_URL=", "HOME=/home/ada"})
    void ignoresOtherVariables(String variable) {
        String[] parts = variable.split("=", 2);
        assertThat(SnapshotMode.of("", Map.of(parts[0], parts[1]))).isEqualTo(SnapshotMode.WRITE_MISSING);
    }

    @Test
    void reportsAFolderThatCannotBeWritten() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> SnapshotFile.at(notAFolder.resolve("s.txt")).write(withColumns(1)))
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("Cannot write the snapshot " + notAFolder.resolve("s.txt"))
                .hasMessageEndingWith("The previous file is unchanged.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theUmaskDecidesWhoMayReadTheFile() throws IOException {
        file().check(withColumns(2), SnapshotMode.UPDATE);
        Path other = Files.createFile(folder.resolve("other.txt"));
        assertThat(Files.getPosixFilePermissions(file().path())).isEqualTo(Files.getPosixFilePermissions(other));
    }
}
