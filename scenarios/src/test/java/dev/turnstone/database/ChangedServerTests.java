package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.UsersData.inServer;
import static dev.turnstone.database.UsersData.namedWithClusterChanges;
import static dev.turnstone.database.UsersData.ours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The end of a run names each change of the server. All statements run in one run, because each changes an object or a
 * property that no other row changes.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChangedServerTests {

    private static final String DROPPED = "turnstone_tests_dropped";

    private static IsolationBrokenException broken;

    /**
     * A statement, and the change that the end of the run names.
     *
     * @param statement changes something outside the test database
     * @param change a part of the message
     */
    private record Row(String statement, String change) {
        @Override
        public String toString() {
            return statement;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("DROP ROLE turnstone_tests_dropped", "role turnstone_tests_dropped was dropped"),
                new Row("CREATE ROLE turnstone_tests_guest", "role turnstone_tests_guest was created"),
                new Row("ALTER ROLE turnstone_tests_app NOLOGIN", "role turnstone_tests_app was changed"),
                new Row(
                        "ALTER ROLE turnstone_tests_app PASSWORD 'other'",
                        "password of role turnstone_tests_app was changed"),
                new Row(
                        "ALTER ROLE turnstone_tests_app SET work_mem = '3MB'",
                        "setting of role turnstone_tests_app in all databases was created"),
                new Row(
                        "REVOKE turnstone_tests_other FROM turnstone_tests_app",
                        "membership turnstone_tests_app in turnstone_tests_other was dropped"),
                new Row(
                        "COMMENT ON ROLE turnstone_tests_app IS 'x'",
                        "comment on role turnstone_tests_app was changed"),
                new Row("ALTER SYSTEM SET work_mem = '3MB'", "postgresql.auto.conf was created"),
                new Row(
                        "ALTER DATABASE turnstone_tests_shop SET work_mem = '3MB'",
                        "setting of all roles in database turnstone_tests_shop was changed"),
                new Row(
                        "ALTER DATABASE turnstone_tests_shop CONNECTION LIMIT 3",
                        "database turnstone_tests_shop was changed"),
                new Row("GRANT CREATE ON DATABASE postgres TO PUBLIC", "database postgres was changed"),
                new Row("CREATE DATABASE turnstone_tests_added", "database turnstone_tests_added was created"),
                new Row(
                        "SELECT pg_replication_origin_create('turnstone_tests')",
                        "replication origin turnstone_tests was created"));
    }

    @BeforeAll
    @SuppressWarnings("StaticAssignmentOfThrowable") // One run breaks the isolation for all rows.
    static void changeTheServerInOneRun() throws SQLException {
        inServer("DROP ROLE IF EXISTS " + DROPPED);
        UsersData.create();
        inServer("CREATE ROLE " + DROPPED);
        TestDatabases databases = namedWithClusterChanges();
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            for (Row row : rows().toList()) {
                execute(database.dataSource(), row.statement);
            }
        }
        broken = Objects.requireNonNull(catchThrowableOfType(IsolationBrokenException.class, databases::close));
    }

    @AfterAll
    static void restoreTheServer() throws SQLException {
        inServer(
                "SELECT pg_replication_origin_drop('turnstone_tests')",
                "REVOKE CREATE ON DATABASE postgres FROM PUBLIC",
                "DROP ROLE IF EXISTS " + DROPPED);
        UsersData.drop();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachChangeIsNamed(Row row) {
        assertThat(broken).hasMessageContaining(row.change);
    }

    @Test
    void nothingElseIsNamed() throws SQLException {
        // A password and a setting of the database are compared apart from the role and the setting of all roles.
        List<String> expected = Stream.concat(
                        rows().map(Row::change),
                        Stream.of(
                                "password of role turnstone_tests_dropped was dropped",
                                "password of role turnstone_tests_guest was created",
                                "setting of database turnstone_tests_shop was changed"))
                .toList();

        assertThat(broken.changes()).hasSameSizeAs(expected).allMatch(change -> expected.stream()
                .anyMatch(change::contains));
        assertThat(broken).hasMessageNotContainingAny("SCRAM", "md5", "'other'");
        assertThat(ours()).isEmpty();
    }
}
