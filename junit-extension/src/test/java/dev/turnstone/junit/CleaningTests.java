package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.ServerForTests;
import dev.turnstone.junit.Launch.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** However a test ends, nothing of it is left: no database, no file, no connection, no thread. */
class CleaningTests {

    private final Path directory;

    CleaningTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @MigrationTest
    static class SucceedingTestCase {
        @TestTemplate
        void ends(MigratedDatabase database, Connection connection) {}
    }

    @MigrationTest
    static class FailingTestCase {
        @TestTemplate
        void ends(MigratedDatabase database, Connection connection) {
            throw new AssertionError("on purpose");
        }
    }

    @MigrationTest
    static class FailingAfterwardsTestCase {
        @TestTemplate
        void ends(MigratedDatabase database) throws SQLException {
            // Neither this connection nor its transaction is ever ended.
            Connection forgotten = database.dataSource().getConnection();
            forgotten.setAutoCommit(false);
            try (Statement statement = forgotten.createStatement()) {
                statement.execute("INSERT INTO customer (id) VALUES (1)");
            }
        }

        @AfterEach
        void fail() {
            throw new AssertionError("on purpose");
        }
    }

    @MigrationTest
    static class AbortedTestCase {
        @TestTemplate
        void ends(MigratedDatabase database, Connection connection) {
            Assumptions.abort("on purpose");
        }
    }

    private static void runForLong(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO customer (id) VALUES (1)");
        }
        new CountDownLatch(1).await();
    }

    @MigrationTest
    static class TimedOutTestCase {
        @TestTemplate
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
        void ends(Connection connection) throws Exception {
            runForLong(connection);
        }
    }

    @MigrationTest
    static class TimedOutInAnotherThreadTestCase {
        @TestTemplate
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void ends(Connection connection) throws Exception {
            runForLong(connection);
        }
    }

    private Ran run(Class<?> testCase) {
        return Launch.onServer()
                .with("turnstone.directory", directory.toString())
                .run(testCase);
    }

    /** Those that live; by themselves and not by name, so that none hides behind one of an earlier test. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("turnstone"))
                .collect(Collectors.toSet());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static int schemasAndSessions() throws SQLException {
        try (Connection connection = ServerForTests.connect(ServerForTests.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'turnstone\\_%')
                             + (SELECT count(*) FROM pg_database WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone%')
                             + (SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'turnstone%')""")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void expectNothingLeft(Class<?> testCase, Status... statuses) throws Exception {
        Set<Thread> before = threads();
        int there = schemasAndSessions();

        Ran ran = run(testCase);

        assertThat(ran.leaves()).extracting(Launch.Leaf::status).containsExactly(statuses);
        for (int i = 0; i < 100 && schemasAndSessions() > there; i++) {
            Thread.sleep(20);
        }
        assertThat(schemasAndSessions()).isLessThanOrEqualTo(there);
        assertThat(files()).isEmpty();
        Set<Thread> after = threads();
        after.removeAll(before);
        for (int i = 0; i < 100 && !after.isEmpty(); i++) {
            Thread.sleep(20);
            after.retainAll(threads());
        }
        assertThat(after).isEmpty();
    }

    @Test
    void afterSuccess() throws Exception {
        expectNothingLeft(SucceedingTestCase.class, Status.SUCCESSFUL, Status.SUCCESSFUL);
    }

    @ParameterizedTest
    @ValueSource(classes = {FailingTestCase.class, FailingAfterwardsTestCase.class})
    void afterFailure(Class<?> testCase) throws Exception {
        expectNothingLeft(testCase, Status.FAILED, Status.FAILED);
    }

    @Test
    void afterAnAbort() throws Exception {
        expectNothingLeft(AbortedTestCase.class, Status.ABORTED, Status.ABORTED);
    }

    @ParameterizedTest
    @ValueSource(classes = {TimedOutTestCase.class, TimedOutInAnotherThreadTestCase.class})
    void afterATimeout(Class<?> testCase) throws Exception {
        expectNothingLeft(testCase, Status.FAILED, Status.FAILED);
    }
}
