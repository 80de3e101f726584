package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedServerTests {

    private static String port(TestDatabases databases) throws SQLException {
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            return query(database.dataSource(), "SHOW port").get(0);
        }
    }

    @Test
    void oneServerServesTheWholeProcessUntilItIsStopped() throws SQLException {
        String first;
        Path data;
        try (TestDatabases one = TestDatabases.with(TestSettings.embedded());
                TestDatabases two = TestDatabases.with(TestSettings.embedded())) {
            first = port(one);
            assertThat(port(two)).isEqualTo(first);
        }
        try (TestDatabases later = TestDatabases.with(TestSettings.embedded());
                TestDatabase database = later.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            assertThat(port(later)).isEqualTo(first);
            data = Path.of(query(database.dataSource(), "SHOW data_directory").get(0));

            TestDatabases.stopEmbedded();
            TestDatabases.stopEmbedded();
            assertThat(data).doesNotExist();
            assertThat(Path.of(data + ".owner")).doesNotExist();

            assertThat(port(later)).isNotEqualTo(first);
        }
    }

    @Test
    void whoIsDoneWithItDoesNotStopItForOthers() throws SQLException {
        TestDatabases one = TestDatabases.with(TestSettings.embedded());
        TestDatabases two = TestDatabases.with(TestSettings.embedded());
        String port = port(one);
        assertThat(port(two)).isEqualTo(port);

        one.close();
        TestDatabases.stopEmbeddedIfUnused();
        assertThat(port(two)).isEqualTo(port);
        Path data;
        try (TestDatabase database = two.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            data = Path.of(query(database.dataSource(), "SHOW data_directory").get(0));
        }

        two.close();
        assertThat(data).exists();
        TestDatabases.stopEmbeddedIfUnused();
        assertThat(data).doesNotExist();
    }

    @Test
    void aKeptConnectionThatWasCutIsReplaced() throws SQLException {
        try (TestDatabases databases = TestDatabases.with(TestSettings.embedded());
                Connection admin = TestSettings.server().connect()) {
            port(databases);
            assertThat(query(
                            admin,
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE application_name = 'turnstone' AND pid <> pg_backend_pid()"))
                    .isNotEmpty();
            port(databases);
        }
    }

    @Test
    void noConnectionOfOursOutlivesTheDatabases() throws Exception {
        try (Connection admin = TestSettings.server().connect()) {
            try (TestDatabases databases = TestDatabases.with(TestSettings.embedded())) {
                port(databases);
            }
            String ours = "SELECT application_name FROM pg_stat_activity"
                    + " WHERE application_name LIKE 'turnstone%' AND pid <> pg_backend_pid()";
            for (int i = 0; i < 50 && !query(admin, ours).isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(query(admin, ours)).isEmpty();
        }
    }

    @Test
    void itIsSetUpForDataThatNobodyWillMissAndLeavesNoSocketBehind() throws SQLException {
        try (Connection connection = TestSettings.server().connect()) {
            assertThat(
                            query(
                                    connection,
                                    "SELECT name || '=' || setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit',"
                                            + " 'full_page_writes', 'max_connections', 'unix_socket_directories') ORDER BY name"))
                    .containsExactly(
                            "fsync=off",
                            "full_page_writes=off",
                            "max_connections=200",
                            "synchronous_commit=off",
                            "unix_socket_directories=");
        }
    }

    @Test
    void manyThreadsGetADatabaseEachAndNothingIsLeft() throws Exception {
        int tests = 200;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TestDatabases databases = TestDatabases.with(TestSettings.embedded())) {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < tests; i++) {
                results.add(threads.submit(() -> {
                    try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
                        TestSettings.execute(database.dataSource(), "CREATE TABLE item (id int)");
                        return database.scope().schema();
                    }
                }));
            }
            List<String> names = new ArrayList<>();
            for (Future<String> result : results) {
                names.add(result.get());
            }
            assertThat(names).hasSize(tests).doesNotHaveDuplicates();
            try (Connection connection = TestSettings.server().connect()) {
                assertThat(query(connection, "SELECT nspname FROM pg_namespace"))
                        .doesNotContainAnyElementsOf(names);
            }
        } finally {
            threads.shutdown();
        }
    }
}
