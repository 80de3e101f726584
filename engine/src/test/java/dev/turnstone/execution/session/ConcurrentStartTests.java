package dev.turnstone.execution.session;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StartLockTimeoutException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.Step;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.StatementLog;
import dev.turnstone.testing.UpgradeProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentStartTests {

    private static final int STARTS = 16;
    private static final int PROCESSES = 4;
    private static final int REVISIONS = 12;

    /** A history in which each revision fails, or adds an unexpected row, if it is applied twice. */
    private static Path history(DatabaseForTests database) {
        List<String> files = new ArrayList<>();
        files.add(revision("r0", "", "CREATE TABLE log (x integer); INSERT INTO log VALUES (0);", "DROP TABLE log;"));
        for (int i = 1; i < REVISIONS; i++) {
            String sql = "INSERT INTO log VALUES (" + i + "); CREATE TABLE t" + i + " (x integer);";
            files.add(revision("r" + i, "r" + (i - 1), sql, "DROP TABLE t" + i + ";"));
        }
        String index = database.isPostgresql() ? "CREATE INDEX CONCURRENTLY" : "CREATE INDEX";
        files.add("-- revision: last\n-- parents: r" + (REVISIONS - 1) + "\n-- no transaction\n\n-- upgrade\n"
                + "INSERT INTO log VALUES (" + REVISIONS + ");\n" + index + " i ON log (x);\n");
        return database.revisions(files.toArray(String[]::new));
    }

    private static void assertEachAppliedOnce(DatabaseForTests database) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= REVISIONS; i++) {
            expected.add(String.valueOf(i));
        }
        assertThat(database.strings("SELECT x FROM log ORDER BY x")).isEqualTo(expected);
        assertThat(database.versionRows()).containsExactly("last");
        assertThat(database.indexes()).containsExactly("i");
    }

    private static <T> List<T> atOnce(List<Callable<T>> starts) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(starts.size());
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            List<Future<T>> futures = starts.stream()
                    .map(start -> threads.submit(() -> {
                        barrier.await();
                        return start.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @EachDialect
    void sixteenThreadsApplyEachRevisionOnce(DatabaseForTests database) throws Exception {
        String revisions = history(database).toString();
        List<Callable<Integer>> starts = new ArrayList<>();
        Migrator shared = Migrator.of(database.dataSource(), revisions);
        for (int i = 0; i < STARTS; i++) {
            Migrator migrator = i % 2 == 0 ? shared : Migrator.of(database.dataSource(), revisions);
            starts.add(() -> migrator.upgrade("head").size());
        }

        List<Integer> steps = atOnce(starts);

        assertEachAppliedOnce(database);
        assertThat(steps.stream().mapToInt(Integer::intValue).sum()).isEqualTo(REVISIONS + 1);
    }

    @EachDialect
    void fourProcessesApplyEachRevisionOnce(DatabaseForTests database) throws Exception {
        Path revisions = history(database);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            UpgradeProcess.class.getName(),
                            database.url(),
                            revisions.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }

        assertEachAppliedOnce(database);
    }

    @Test
    void doesNotReportANonEmptySchemaThatAConcurrentStartCreated() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            String file = revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;");
            Migrator other = database.migrator(file);
            List<Integer> stepsOfTheOther = new ArrayList<>();
            StatementLog log = new StatementLog();
            log.before(sql -> {
                if (sql.startsWith("SAVEPOINT") && stepsOfTheOther.isEmpty()) {
                    stepsOfTheOther.add(other.upgrade("head").size());
                }
            });

            assertThat(database.migrator(log.around(database.dataSource()), file)
                            .upgrade("head"))
                    .isEmpty();

            assertThat(stepsOfTheOther).containsExactly(1);
        }
    }

    @Test
    void waitsForTheWriteLockOfSqliteLongerThanItsBusyTimeout() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite();
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            Migrator migrator = database.migrator(
                    database.impatient(), revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"));
            statement.execute("BEGIN IMMEDIATE");
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Integer> steps =
                        thread.submit(() -> migrator.upgrade("head").size());
                pause();
                assertThat(steps.isDone()).isFalse();
                statement.execute("COMMIT");
                assertThat(steps.get()).isEqualTo(1);
            } finally {
                thread.shutdownNow();
            }
        }
    }

    @EachDialect
    void runsARevisionWithoutATransactionOnce(DatabaseForTests database) throws Exception {
        Migrator migrator = database.migrator("""
                -- revision: a
                -- no transaction

                -- upgrade
                CREATE TABLE one (x integer);
                """);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            List<Future<Integer>> second = new ArrayList<>();
            migrator.withListener(new StepListener() {
                        @Override
                        public void ran(Step step, List<SqlStatement> statements) {
                            second.add(
                                    thread.submit(() -> migrator.upgrade("head").size()));
                            pause();
                            assertThat(second.get(0).isDone()).isFalse();
                        }
                    })
                    .upgrade("head");

            assertThat(second.get(0).get()).isZero();
        } finally {
            thread.shutdownNow();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void currentTakesNoWriteLockOnSqlite() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite();
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            Migrator migrator = database.migrator(
                    database.impatient(), revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"));
            migrator.upgrade("head");
            statement.execute("BEGIN IMMEDIATE");

            assertThat(migrator.current()).hasToString("[a]");
            assertThat(migrator.upgrade("head")).isEmpty();
        }
    }

    @Test
    void aRevisionHoldsTheWriteLockOfSqliteFromItsStartAndBlocksNoReader() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            List<String> seen = new ArrayList<>();
            Migrator migrator =
                    database.migrator(revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"));
            migrator.stamp("base");
            migrator.withListener(new StepListener() {
                        @Override
                        public void started(Step step) {
                            seen.addAll(database.tables());
                            try (Connection other = database.impatient().getConnection();
                                    Statement statement = other.createStatement()) {
                                statement.execute("BEGIN IMMEDIATE");
                            } catch (SQLException e) {
                                seen.add(String.valueOf(e.getMessage()));
                            }
                        }
                    })
                    .upgrade("head");

            assertThat(seen).hasSize(2).first().isEqualTo("turnstone_version");
            assertThat(seen.get(1)).contains("SQLITE_BUSY");
        }
    }

    @EachDialect
    void reportsTheOtherStartAfterTheTimeout(DatabaseForTests database) throws Exception {
        Duration timeout = Duration.ofMillis(50);
        try (Connection one = database.dataSource().getConnection();
                Connection two =
                        (database.isPostgresql() ? database.dataSource() : database.impatient()).getConnection()) {
            Dialect dialect = Dialects.of(one);
            try (StartLock held = dialect.startLock(one, "key", timeout)) {
                dialect.begin(one, timeout);

                assertThatThrownBy(() -> {
                            try (StartLock second = dialect.startLock(two, "key", timeout)) {
                                dialect.begin(two, timeout);
                            }
                        })
                        .isInstanceOf(StartLockTimeoutException.class)
                        .hasMessageStartingWith("Another start has been migrating this database for 0 s (")
                        .hasMessageContaining(
                                database.isPostgresql() ? "(process " : "SQLite does not report which one")
                        .hasMessageEndingWith(
                                "). Nothing was run here. Find out what that start waits for, or end it, then start again.");
                DatabaseForTests.strings(one, "SELECT 1");
            }
        }
    }
}
