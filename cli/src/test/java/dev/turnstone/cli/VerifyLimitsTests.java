package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} refuses to run on SQLite, and how long it runs at most. */
class VerifyLimitsTests {

    private static final String ENDLESS = "SELECT count(*) FROM (WITH RECURSIVE n (i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900000000000) SELECT i FROM n);";

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void makeTheHistory() throws IOException {
        write("m/000001_step.up.sql", "CREATE TABLE readers (id integer PRIMARY KEY);");
        write("m/000001_step.down.sql", "DROP TABLE readers;");
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(directory.resolve("m"));
        return Files.writeString(file, text + "\n");
    }

    private CommandLineRun verify(String... further) {
        String[] arguments = new String[further.length + 7];
        String[] first = {
            "verify", directory.resolve("m").toString(), "--dialect", "sqlite", "--scenario", "fresh-install", "--json"
        };
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(further, 0, arguments, first.length, further.length);
        return CommandLineRun.of(arguments);
    }

    @Test
    void aRunEndsWhenItsTimeIsOver() throws IOException {
        CommandLineRun run =
                verify("--before", write("before.sql", ENDLESS).toString(), "--timeout", "1h", "--run-timeout", "1s");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("\"run-timeout\"", "after 1 s (--run-timeout)", "fresh-install | sqlite");
    }

    @Test
    void aRunThatIsOverInTimeIsNotCut() {
        CommandLineRun run = verify("--run-timeout", "5m");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void anUnexpectedExceptionIsAnInternalError() {
        Map<String, String> failing = new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, String>> entrySet() {
                throw new IllegalStateException("of the test");
            }
        };

        Run run = Run.with(failing, "verify", directory.resolve("m").toString(), "--json");

        assertThat(run.status()).isEqualTo(3);
        CommandLineRun printed = new CommandLineRun(run.status(), run.out(), run.err());
        assertThat(printed.json().at("/error/kind").asText()).isEqualTo("internal-error");
        assertThat(printed.json().at("/error/message").asText()).contains("reference");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThat(verify("--run-timeout", "soon").out()).contains("--run-timeout: 'soon' is not a duration");
    }

    @Test
    void aHistoryThatAttachesAFileIsRefusedBeforeAnythingRuns() throws IOException {
        Path user = directory.resolve("user.db");
        write("m/000002_step.up.sql", "SELECT 1;\nATTACH DATABASE '" + user + "' AS u;\nCREATE TABLE u.t (id int);");
        write("m/000002_step.down.sql", "SELECT 1;");
        CommandLineRun run = verify();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("\"outside-file-refused\"", "000002_step.up.sql:2:1", "it attaches the file", "user.db")
                .contains("no option allows it");
        assertThat(user).doesNotExist();
    }
}
