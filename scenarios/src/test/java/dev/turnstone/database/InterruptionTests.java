package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is told to end drops what it has made before it ends. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptionTests {

    @Test
    void theMessageCounts() {
        assertThat(Interruption.message(1, 0)).isEqualTo("Interrupted: dropped 1 test database.");
        assertThat(Interruption.message(3, 0)).isEqualTo("Interrupted: dropped 3 test databases.");
        assertThat(Interruption.message(3, 1))
                .isEqualTo("Interrupted: dropped 2 of 3 test databases; the next run drops the others.");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void nothingIsLeft(String signal, int status) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored by the processes of this build");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        "make",
                        TestSettings.DIRECTORY.toString(),
                        TestSettings.embeddedUrl("postgres", "postgres"))
                .start();
        Map<String, String> made = new HashMap<>();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
            int equals = line.indexOf('=');
            made.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        assertThat(made).containsOnlyKeys("scratch", "role", "database", "file", "data");
        Path file = Path.of(made.getOrDefault("file", ""));
        Path data = Path.of(made.getOrDefault("data", ""));
        assertThat(file).exists();

        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor()).isEqualTo(status);
        String printed = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed.lines().filter(line -> line.startsWith("Interrupted: ")))
                .containsExactly("Interrupted: dropped 4 test databases.");
        assertThat(printed).doesNotContain("\tat ");
        try (Connection admin = TestSettings.server().connect()) {
            assertThat(query(admin, "SELECT rolname FROM pg_roles")).doesNotContain(made.getOrDefault("role", ""));
            assertThat(query(admin, "SELECT datname FROM pg_database"))
                    .doesNotContain(made.getOrDefault("database", ""), made.getOrDefault("scratch", ""));
        }
        for (Path gone : List.of(file.toAbsolutePath().getParent(), data)) {
            assertThat(gone).doesNotExist();
            assertThat(Path.of(gone + ".owner")).doesNotExist();
        }
    }

    /** A shell that starts a build in the background lets it, and all that it starts, ignore SIGINT. */
    static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line ->
                            new BigInteger(line.substring("SigIgn:".length()).strip(), 16).testBit(1));
        }
    }
}
