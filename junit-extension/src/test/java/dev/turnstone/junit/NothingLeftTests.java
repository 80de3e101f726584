package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.ServerForTests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a build leaves behind when it ends, and when it is killed and started again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NothingLeftTests {

    private final Path directory;

    NothingLeftTests(@TempDir Path directory) {
        this.directory = directory;
    }

    private Process build(String databaseUrl, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dturnstone.directory=" + directory.resolve("work")));
        command.addAll(List.of(more));
        if (!databaseUrl.startsWith("postgres")) {
            command.add("-Dturnstone.postgres.source=embedded");
        }
        command.addAll(
                List.of(KilledBuild.class.getName(), directory.resolve("report").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", databaseUrl);
        return builder.start();
    }

    private static List<String> output(Process build, String until) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader out = new BufferedReader(new InputStreamReader(build.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.equals(until)) {
                break;
            }
        }
        return lines;
    }

    private void killInTheMiddle(String databaseUrl) throws Exception {
        Process killed = build(databaseUrl, "-Dturnstone.tests.waits=true");
        try {
            assertThat(output(killed, "in the middle")).endsWith("in the middle");
            assertThat(files()).as("files while it runs").isNotEmpty();
        } finally {
            killed.destroyForcibly().waitFor();
        }
        assertThat(files()).as("files of the killed build").isNotEmpty();
    }

    private void terminateInTheMiddle(String databaseUrl) throws Exception {
        Process terminated = build(databaseUrl, "-Dturnstone.tests.waits=true");
        try {
            assertThat(output(terminated, "in the middle")).endsWith("in the middle");
            assertThat(files()).as("files while it runs").isNotEmpty();
        } finally {
            terminated.destroy();
        }
        assertThat(terminated.waitFor()).isEqualTo(143);
        assertThat(files()).as("files of the terminated build").isEmpty();
    }

    private void runOnceMore(String databaseUrl, String server) throws Exception {
        Process next = build(databaseUrl);
        List<String> printed = output(next, "the end");
        assertThat(next.waitFor()).isZero();
        assertThat(printed).contains("passed 21 of 21").anyMatch(line -> line.contains(server));
        assertThat(files()).as("files after the next build").isEmpty();
    }

    /** All in the working directory, apart from the unpacked programs of the embedded server. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("work"))) {
            return all.filter(path -> !path.toString().contains("postgres-binaries"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    @Test
    void onAServerOfItsOwn() throws Exception {
        // The programs are unpacked already where this build's own tests have their server.
        Files.createDirectories(directory.resolve("work"));
        Path unpacked = Launch.DIRECTORY.resolve("postgres-binaries");
        if (Files.isDirectory(unpacked)) {
            Files.createSymbolicLink(directory.resolve("work/postgres-binaries"), unpacked);
        }

        terminateInTheMiddle("");
        assertThat(servers()).isEmpty();

        killInTheMiddle("");
        assertThat(servers()).isNotEmpty();

        runOnceMore("", ", embedded");
        assertThat(servers()).isEmpty();
    }

    @Test
    void onAServerThatWasNamed() throws Exception {
        String url = ServerForTests.url();
        List<String> before = ours(url);

        terminateInTheMiddle(url);
        assertThat(ours(url)).isEqualTo(before);

        killInTheMiddle(url);
        assertThat(ours(url)).hasSizeGreaterThan(before.size());

        runOnceMore(url, "(DATABASE_URL)");
        assertThat(ours(url)).isEqualTo(before);
    }

    /** The processes whose data is in the working directory. */
    private List<String> servers() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(directory.toString()))
                .toList();
    }

    /** The schemas and databases that carry our marker. */
    private static List<String> ours(String url) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = ServerForTests.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT nspname FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') LIKE 'turnstone%'
                        UNION SELECT datname FROM pg_database
                        WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone%' ORDER BY 1""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
