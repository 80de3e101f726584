package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several sessions in one process, and several processes on one server. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ManyProcessesTests {

    private static Process start(String url, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dturnstone.directory=" + Launch.DIRECTORY,
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", url);
        return builder.start();
    }

    private static List<String> output(Process process) throws Exception {
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(all).isZero();
        return all.lines().toList();
    }

    @Test
    void twoSessionsShareTheEmbeddedServerAndTheLastOneStopsIt() throws Exception {
        List<String> said = output(start("", TwoSessions.class));

        assertThat(said.stream().filter("passed 1"::equals)).hasSize(3);
        assertThat(said.stream().filter(line -> line.startsWith("port ")).distinct())
                .hasSize(1);
        assertThat(said).endsWith("left 0");
    }

    @Test
    void threeProcessesOnOneServerLeaveOneAnotherAlone(@TempDir Path reports) throws Exception {
        // Room for three builds' connections and no more.
        try (ModestRole role = ModestRole.create("processes", "CONNECTION LIMIT 12")) {
            List<Process> builds = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                builds.add(start(
                        role.url(),
                        KilledBuild.class,
                        reports.resolve("" + number).toString()));
            }
            for (Process build : builds) {
                List<String> said = output(build);
                assertThat(said.get(said.size() - 1))
                        .as(String.join("\n", said))
                        .matches("passed ([1-9]\\d*) of \\1");
            }
            try (var look = role.lookInto();
                    var statement = look.createStatement();
                    var left = statement.executeQuery(
                            "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'turnstone%'")) {
                left.next();
                assertThat(left.getInt(1)).isZero();
            }
        }
    }
}
