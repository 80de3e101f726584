package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QueueApplicationTest {

    @Test
    void itMigratesWhenItStartsAndNotAgain(@TempDir Path directory) throws Exception {
        String first = run(directory, "migrate");
        String second = run(directory);

        assertEquals("Applied 15 revisions.", first.strip());
        assertTrue(second.contains("The database is up to date."), second);
        assertTrue(second.contains("mail: queued 1"), second);
    }

    @Test
    void severalInstancesMayStartAtOnce(@TempDir Path directory) throws Exception {
        List<Process> instances = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            instances.add(start(directory, "migrate"));
        }
        // They may take turns: what one has applied the next leaves alone.
        int applied = 0;
        for (Process instance : instances) {
            Matcher count = Pattern.compile("Applied ([0-9]+) revisions").matcher(output(instance));
            applied += count.find() ? Integer.parseInt(count.group(1)) : 0;
        }
        assertEquals(15, applied);
    }

    private static String run(Path directory, String... arguments) throws Exception {
        return output(start(directory, arguments));
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static Process start(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                QueueApplication.class.getName()));
        command.addAll(List.of(arguments));
        // What the JVM itself remarks (a newer one warns of native libraries) is not the application's output.
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", "sqlite:///" + directory.resolve("queue.db"));
        return builder.start();
    }
}
