package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a run of {@code verify} ends, nothing of it is left, at the latest after the next start. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptedVerifyTests {

    private static final Path BINARIES =
            Path.of("target", "turnstone", "postgres-binaries").toAbsolutePath();

    private final Path directory;
    private final Path history;
    private final Path work;

    InterruptedVerifyTests(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.history = Files.createDirectory(directory.resolve("history"));
        this.work = Files.createDirectory(directory.resolve("work"));
        Files.createDirectories(BINARIES);
        Files.createSymbolicLink(work.resolve("postgres-binaries"), BINARIES);
    }

    private record Ended(int status, String printed) {}

    private void revision(String sqlite, String postgresql) throws IOException {
        Files.writeString(history.resolve("a1.sql"), """
                -- revision: a1
                -- message: slow

                -- upgrade sqlite
                CREATE TABLE slow (x);
                %s

                -- upgrade postgresql
                CREATE TABLE slow (x text);
                %s

                -- downgrade
                DROP TABLE slow;
                """.formatted(sqlite, postgresql));
    }

    private void slowRevision() throws IOException {
        revision(
                "INSERT INTO slow WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9000000000)"
                        + " SELECT count(*) FROM c;",
                "SELECT pg_sleep(100);");
    }

    private void quickRevision() throws IOException {
        revision("INSERT INTO slow VALUES (1);", "INSERT INTO slow VALUES ('1');");
    }

    private Process verify(List<String> java, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dturnstone.directory=" + work));
        command.addAll(java);
        command.addAll(List.of(Turnstone.class.getName(), "verify", history.toString(), "--scenario", "fresh-install"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DATABASE_URL");
        return builder.start();
    }

    private static Ended end(Process process) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private interface Sign {
        boolean isThere() throws Exception;
    }

    private static void await(Process process, Sign sign) throws Exception {
        while (!sign.isThere()) {
            assertThat(process.isAlive()).as("verify runs").isTrue();
            Thread.sleep(20);
        }
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** All in the working directory, apart from the unpacked programs of the embedded server. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (java.io.UncheckedIOException e) {
            return files(); // a file vanished meanwhile
        }
    }

    private boolean isSqliteFileThere() throws IOException {
        return files().stream().anyMatch(file -> file.toString().endsWith(".db-journal"));
    }

    private static void assertStatus(String signal, Ended ended) {
        Map<String, Integer> statuses = Map.of("TERM", 143, "INT", 130, "KILL", 137);
        assertThat(ended.status()).as(ended.printed()).isEqualTo(statuses.get(signal));
        if (!signal.equals("KILL")) {
            // On a server given by URL, a note about the server comes first.
            assertThat(ended.printed().lines().filter(line -> !line.startsWith("note: PostgreSQL")))
                    .singleElement()
                    .asString()
                    .matches("Interrupted: dropped [1-9] test databases?\\.");
        }
    }

    private void runOnceMore(String... arguments) throws Exception {
        quickRevision();
        Ended next = end(verify(List.of(), arguments));
        assertThat(next.status()).as(next.printed()).isZero();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TERM", "INT", "KILL"})
    void onSqlite(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored by the processes of this build");
        slowRevision();
        Process run = verify(List.of(), "--dialect", "sqlite");
        await(run, this::isSqliteFileThere);

        signal(signal, run);

        assertStatus(signal, end(run));
        if (signal.equals("KILL")) {
            assertThat(files()).isNotEmpty();
            runOnceMore("--dialect", "sqlite");
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TERM", "INT", "KILL"})
    void onANamedServer(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored by the processes of this build");
        slowRevision();
        DatabaseSettings embedded = DatabaseSettings.of(
                name -> switch (name) {
                    case "turnstone.postgres.source" -> "embedded";
                    case "turnstone.directory" -> String.valueOf(BINARIES.getParent());
                    default -> null;
                },
                Map.of());
        try (TestDatabases databases = TestDatabases.with(embedded);
                TestDatabase users = databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE);
                Connection user = users.dataSource().getConnection();
                Statement statement = user.createStatement()) {
            statement.execute("CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)");
            String url = "postgresql://postgres@127.0.0.1:" + text(statement, "SHOW port") + "/"
                    + text(statement, "SELECT current_database()");
            String before = text(statement, OURS);
            Process run = verify(List.of(), "--dialect", "postgresql", "--url", url);
            await(run, () -> text(
                            statement,
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%'"
                                    + " AND pid <> pg_backend_pid()")
                    .equals("1"));
            assertThat(text(statement, OURS)).isNotEqualTo(before);

            signal(signal, run);

            assertStatus(signal, end(run));
            if (signal.equals("KILL")) {
                runOnceMore("--dialect", "postgresql", "--url", url);
            }
            assertThat(text(statement, OURS)).isEqualTo(before);
            assertThat(text(statement, "SELECT count(*) FROM precious")).isEqualTo("1");
        } finally {
            TestDatabases.stopEmbedded();
        }
    }

    /** The schemas, databases and roles that are not the server's own. */
    private static final String OURS = "SELECT string_agg(name, ' ' ORDER BY name) FROM (SELECT nspname AS name FROM"
            + " pg_namespace UNION ALL SELECT datname FROM pg_database UNION ALL SELECT rolname FROM pg_roles) AS a";

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM", "INT", "KILL"})
    void onTheEmbeddedServer(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored by the processes of this build");
        slowRevision();
        Process run = verify(List.of(), "--dialect", "postgresql");
        await(run, () -> servers().stream().anyMatch(command -> command.contains("postgres")));

        signal(signal, run);

        Ended ended = end(run);
        assertThat(ended.status())
                .isEqualTo(Map.of("TERM", 143, "INT", 130, "KILL", 137).get(signal));
        assertThat(ended.printed()).doesNotContain("\tat ");
        if (signal.equals("KILL")) {
            runOnceMore("--dialect", "postgresql");
        }
        assertThat(files()).isEmpty();
        assertThat(servers()).isEmpty();
    }

    /** The processes of servers whose data is in the working directory. */
    private List<String> servers() {
        String data = work.resolve("postgres").toString();
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(data))
                .toList();
    }

    @Test
    void whenMemoryRunsOut() throws Exception {
        revision(
                "INSERT INTO slow WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000)"
                        + " SELECT hex(randomblob(100000)) FROM c;",
                "SELECT 1;");
        end(verify(List.of("-Xmx64m"), "--dialect", "sqlite"));

        runOnceMore("--dialect", "sqlite");
    }

    /** A history of 24 MB and a heap of 24 MB: the virtual machine either throws, or collects garbage most of the time. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void whenTheHistoryDoesNotFitIntoMemory() throws Exception {
        String insert = "INSERT INTO slow VALUES ('" + "x".repeat(60) + "');\n";
        revision(insert.repeat(24_000_000 / insert.length()), "SELECT 1;");
        List<String> java = new ArrayList<>(optionsOfLauncher());
        java.add("-Xmx24m");

        Ended ended = end(verify(java, "--dialect", "sqlite", "--json"));

        assertThat(ended.status()).as(ended.printed()).isEqualTo(3);
        CommandLineRun run = new CommandLineRun(ended.status(), ended.printed(), "");
        assertThat(run.json().at("/error/kind").asText()).isEqualTo("internal-error");
        assertThat(run.json().at("/error/message").asText()).contains("ran out of memory", "-Xmx");
        runOnceMore("--dialect", "sqlite");
    }

    /** The options that the script {@code turnstone} gives the virtual machine. */
    private static List<String> optionsOfLauncher() throws IOException {
        String script = Files.readString(Path.of("src", "launcher", "turnstone"));
        List<String> options = Pattern.compile("-XX:\\S+")
                .matcher(script)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(options).isNotEmpty();
        return options;
    }

    @Test
    void inADirectoryThatCannotBeWritten() throws Exception {
        assumeTrue(mount("-o", "ro,size=1m"), "only root can mount a file system");
        try {
            quickRevision();
            for (String property : List.of("turnstone.directory=" + mounted() + "/x", "java.io.tmpdir=" + mounted())) {
                Ended ended = end(verify(List.of("-D" + property), "--dialect", "sqlite"));

                assertThat(ended.status()).as(ended.printed()).isEqualTo(2);
                assertThat(ended.printed().lines())
                        .hasSizeLessThanOrEqualTo(3)
                        .anyMatch(line -> line.contains(mounted().toString()))
                        .anyMatch(line -> line.contains(property.substring(0, property.indexOf('='))));
            }
        } finally {
            unmount();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void onAFullDisk() throws Exception {
        assumeTrue(mount("-o", "size=4m"), "only root can mount a file system");
        try {
            revision("INSERT INTO slow VALUES (hex(randomblob(8000000)));", "SELECT 1;");
            List<String> onFull = List.of("-Dturnstone.directory=" + mounted().resolve("d"));
            Ended full = end(verify(onFull, "--dialect", "sqlite"));
            assertThat(full.status()).as(full.printed()).isIn(1, 2);
            assertThat(full.printed()).contains("is full").doesNotContain("Correct the data or the revision");

            quickRevision();
            assertThat(end(verify(onFull, "--dialect", "sqlite")).status()).isZero();
            try (Stream<Path> all = Files.walk(mounted())) {
                assertThat(all.filter(Files::isRegularFile)).isEmpty();
            }
        } finally {
            unmount();
        }
    }

    private Path mounted() {
        return directory.resolve("mounted");
    }

    private boolean mount(String... options) throws Exception {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return false;
        }
        Files.createDirectories(mounted());
        List<String> command = new ArrayList<>(List.of("mount", "-t", "tmpfs"));
        command.addAll(List.of(options));
        command.addAll(List.of("tmpfs", mounted().toString()));
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private void unmount() throws Exception {
        new ProcessBuilder("umount", mounted().toString()).start().waitFor();
    }

    /** A shell that starts a build in the background lets it, and all that it starts, ignore SIGINT. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line ->
                            new BigInteger(line.substring("SigIgn:".length()).strip(), 16).testBit(1));
        }
    }
}
