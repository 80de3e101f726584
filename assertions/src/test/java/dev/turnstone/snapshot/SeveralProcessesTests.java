package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent builds share snapshot files. A reader always sees a complete file of one of them. */
class SeveralProcessesTests {

    @TempDir
    Path folder = Path.of("");

    private static Process writing(Path file, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        WritingProcess.class.getName(),
                        file.toString(),
                        name,
                        "400")
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling(name + ".log").toFile())
                .start();
    }

    @Test
    void aReaderNeverSeesAnIncompleteFile() throws IOException, InterruptedException, SQLException {
        Path file = folder.resolve("shared.sqlite.txt");
        SchemaSnapshot one = WritingProcess.snapshot("one");
        SchemaSnapshot other = WritingProcess.snapshot("other");
        List<Process> processes = List.of(writing(file, "one"), writing(file, "other"));
        int reads = 0;
        try {
            while (processes.stream().anyMatch(Process::isAlive)) {
                Optional<SchemaSnapshot> seen = SnapshotFile.at(file).read();
                if (seen.isPresent()) {
                    assertThat(seen.get()).isIn(one, other);
                    reads++;
                }
            }
            for (Process process : processes) {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(() -> logs()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(reads).isPositive();
        assertThat(SnapshotFile.at(file).read()).get().isIn(one, other);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("shared.sqlite.txt", "one.log", "other.log");
        }
    }

    private String logs() {
        try {
            return Files.readString(folder.resolve("one.log")) + Files.readString(folder.resolve("other.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
