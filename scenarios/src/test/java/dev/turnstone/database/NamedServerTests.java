package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static dev.turnstone.database.UsersData.APP;
import static dev.turnstone.database.UsersData.GUEST;
import static dev.turnstone.database.UsersData.OTHER;
import static dev.turnstone.database.UsersData.SHOP;
import static dev.turnstone.database.UsersData.fingerprint;
import static dev.turnstone.database.UsersData.inServer;
import static dev.turnstone.database.UsersData.inShop;
import static dev.turnstone.database.UsersData.named;
import static dev.turnstone.database.UsersData.namedWithClusterChanges;
import static dev.turnstone.database.UsersData.ours;
import static dev.turnstone.database.UsersData.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On a server given by URL, statements under test reach nothing but test databases, and the server is as it was before. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NamedServerTests {

    @BeforeEach
    void createTheUsersData() throws SQLException {
        UsersData.create();
    }

    @AfterEach
    void dropTheUsersData() throws SQLException {
        UsersData.drop();
    }

    private static SQLException refusal(TestDatabase database, String statement) {
        return Objects.requireNonNull(
                catchThrowableOfType(SQLException.class, () -> execute(database.dataSource(), statement)),
                "not refused: " + statement);
    }

    @Test
    void aChangeIsNamedWithTheStateBeforeAndAfter() throws SQLException {
        TestDatabases databases = namedWithClusterChanges();
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            execute(database.dataSource(), "ALTER ROLE " + APP + " NOLOGIN");
        }
        assertThat(catchThrowableOfType(IsolationBrokenException.class, databases::close))
                .hasMessageContaining("before: LOGIN")
                .hasMessageContaining("after:  NOLOGIN");
    }

    @Test
    void objectsOfTheNamedDatabaseAreCompared() throws SQLException {
        TestDatabases databases = named("postgres");
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            inShop(
                    "DROP TABLE billing.inv",
                    "SELECT lo_unlink(4711)",
                    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
            execute(database.dataSource(), "CREATE TABLE item (id int)");
        }
        assertThat(catchThrowableOfType(IsolationBrokenException.class, databases::close))
                .hasMessageContaining("table billing.inv was dropped")
                .hasMessageContaining("large object 4711 was dropped")
                .hasMessageContaining("default privileges of postgres for r was created");
    }

    @ParameterizedTest
    @CsvSource({
        "NOCREATEDB NOCREATEROLE, SCHEMA_ONLY",
        "NOCREATEDB CREATEROLE, SCHEMA_ONLY",
        "CREATEDB NOCREATEROLE, OWN_DATABASE",
        "CREATEDB CREATEROLE, OWN_ROLE",
        "SUPERUSER, OWN_ROLE"
    })
    void theRightsOfTheRoleDecideWhereTestsRun(String rights, Boundary boundary) throws SQLException {
        inServer("CREATE ROLE " + GUEST + " LOGIN " + rights, "GRANT CREATE ON DATABASE " + SHOP + " TO " + GUEST);
        ServerFingerprint before = fingerprint();
        try (TestDatabases databases = named(GUEST);
                TestDatabase schema = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            assertThat(databases.boundary(PostgresDialect.INSTANCE)).isEqualTo(boundary);
            execute(schema.dataSource(), "CREATE TABLE item (id int)");
            String role = query(schema.dataSource(), "SELECT current_user").get(0);
            assertThat(role.equals(GUEST)).isEqualTo(boundary != Boundary.OWN_ROLE);
            assertThat(query(schema.dataSource(), "SELECT current_database()")
                            .get(0)
                            .equals(SHOP))
                    .isEqualTo(boundary == Boundary.SCHEMA_ONLY);
            if (boundary != Boundary.SCHEMA_ONLY) {
                createsCopiesAndDropsDatabases(databases, role);
            }
        }
        assertThat(before.changesTo(fingerprint())).isEmpty();
        assertThat(ours()).isEmpty();
        inShop("DROP OWNED BY " + GUEST);
    }

    private static void createsCopiesAndDropsDatabases(TestDatabases databases, String role) throws SQLException {
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            execute(
                    database.dataSource(),
                    "CREATE TABLE item (id int)",
                    "CREATE EXTENSION pg_trgm",
                    "COMMENT ON SCHEMA public IS 'mine'",
                    "CREATE SCHEMA other");
            assertThat(query(database.dataSource(), "SELECT current_user")).containsExactly(role);
            try (TestDatabase copy = databases.copy(database)) {
                execute(copy.dataSource(), "INSERT INTO item VALUES (1)");
                assertThat(query(copy.dataSource(), "SELECT current_user")).containsExactly(role);
            }
        }
    }

    @Test
    void aRoleThatDoesNotInheritRightsRunsTestsAsItself() throws SQLException {
        inServer("CREATE ROLE " + GUEST + " LOGIN NOINHERIT CREATEDB CREATEROLE");
        try (TestDatabases databases = named(GUEST);
                TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            execute(database.dataSource(), "CREATE TABLE item (id int)");
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void withClusterChangesAllowedTestsRunAsTheRoleOfTheUrl() throws SQLException {
        try (TestDatabases databases = namedWithClusterChanges();
                TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            assertThat(databases.boundary(PostgresDialect.INSTANCE)).isEqualTo(Boundary.OWN_DATABASE);
            assertThat(query(database.dataSource(), "SELECT current_user")).containsExactly("postgres");
            assertThat(query(database.dataSource(), "SELECT current_database()"))
                    .doesNotContain(SHOP);
            assertThat(databases.announcement(PostgresDialect.INSTANCE).orElseThrow())
                    .contains("may change the whole server");
        }
    }

    @Test
    void serversAndFilesOfOurOwnHaveTheirBoundary() {
        try (TestDatabases databases = TestDatabases.with(TestSettings.embedded())) {
            assertThat(databases.boundary(PostgresDialect.INSTANCE)).isEqualTo(Boundary.OWN_SERVER);
            assertThat(databases.boundary(SqliteDialect.INSTANCE)).isEqualTo(Boundary.FILE);
            assertThat(databases.announcement(PostgresDialect.INSTANCE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whatIsKeptBelongsToTheRoleOfTheUrlAfterwards(Isolation isolation) throws SQLException {
        TestDatabases databases = named("postgres");
        TestDatabase database = databases.create(PostgresDialect.INSTANCE, isolation);
        execute(database.dataSource(), "CREATE TABLE item (id int)");
        String name = query(database.dataSource(), "SELECT current_database()").get(0);
        database.keep("a test");
        database.close();
        databases.close();
        try (Connection admin = TestSettings.server().connect()) {
            assertThat(query(admin, "SELECT datdba::regrole::text FROM pg_database WHERE datname = '" + name + "'"))
                    .containsExactly("postgres");
            assertThat(query(admin, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'turnstone_%\\_%\\_%'"))
                    .allMatch(role -> role.startsWith("turnstone_tests_"));
            execute(admin, "DROP DATABASE " + name);
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void aRefusedRightIsExplained() throws SQLException {
        try (TestDatabases databases = named("postgres");
                TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            String role = query(database.dataSource(), "SELECT current_user").get(0);
            SQLException refused = refusal(database, "CREATE EXTENSION dblink");
            assertThat(databases.remedy(new IllegalStateException(refused)).orElseThrow())
                    .contains(role)
                    .contains("--allow-cluster-changes")
                    .contains("turnstone.allow-cluster-changes=true")
                    .contains("turnstone.postgres.source=embedded");
            assertThat(databases.remedy(refusal(database, "SELECT nothing"))).isEmpty();
        }
    }

    @Test
    void theAnnouncementNamesTheServerAndNoPassword() {
        String url = url("postgres:very-secret");
        try (TestDatabases databases =
                TestDatabases.with(DatabaseSettings.of(name -> null, Map.of("DATABASE_URL", url)))) {
            assertThat(databases.announcement()).as("not connected").isEmpty();
            String announcement =
                    databases.announcement(PostgresDialect.INSTANCE).orElseThrow();
            assertThat(announcement)
                    .contains("DATABASE_URL", "localhost:", "database " + SHOP, "role postgres (a superuser)")
                    .contains("nothing else is changed")
                    .doesNotContain("very-secret");
            assertThat(databases.announcement(SqliteDialect.INSTANCE)).isEmpty();
        }
    }

    @Test
    void changedRowsAreNotedWhereTestsShareTheNamedDatabase() throws SQLException {
        inServer("CREATE ROLE " + GUEST + " LOGIN", "GRANT CREATE ON DATABASE " + SHOP + " TO " + GUEST);
        inShop("GRANT USAGE ON SCHEMA billing TO " + GUEST, "GRANT SELECT, DELETE ON billing.inv TO " + GUEST);

        assertThat(notesAfter("SELECT 1")).isEmpty();
        assertThat(notesAfter("DELETE FROM billing.inv WHERE id = 1"))
                .singleElement()
                .satisfies(note -> assertThat(note).contains("Rows of billing.inv changed during the run"));
        inShop("DROP OWNED BY " + GUEST);
    }

    private static List<String> notesAfter(String statement) throws SQLException {
        TestDatabases databases = named(GUEST);
        try (TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            execute(database.dataSource(), statement);
        }
        databases.close();
        return databases.notes();
    }

    @Test
    void runsSideBySideDoNotDisturbOneAnother() throws SQLException {
        TestDatabases first = named("postgres");
        try (TestDatabase one = first.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
                TestDatabases second = named("postgres");
                TestDatabase two = second.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            execute(one.dataSource(), "CREATE TABLE item (id int)");
            execute(two.dataSource(), "CREATE TABLE item (id int)", "ALTER ROLE CURRENT_USER SET work_mem = '1MB'");
            first.close();
            assertThat(query(two.dataSource(), "SELECT count(*) FROM item")).containsExactly("0");
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void aRoleWhoseRunIsGoneIsDroppedAndNoOther() throws SQLException {
        Owner living = Owner.current();
        Owner dead = new Owner(living.host(), living.pid(), living.started().minusSeconds(3600), living.created());
        inServer(
                "COMMENT ON ROLE " + APP + " IS '" + dead.marker(Owner.Kind.DATABASE) + "'",
                "CREATE ROLE " + GUEST,
                "COMMENT ON ROLE " + GUEST + " IS '" + dead.marker(Owner.Kind.ROLE) + "'",
                "COMMENT ON ROLE " + OTHER + " IS '" + living.marker(Owner.Kind.ROLE) + "'");

        Reaper.sweep(TestSettings.server(), Workspace.at(TestSettings.DIRECTORY));

        try (Connection admin = TestSettings.server().connect()) {
            assertThat(query(admin, "SELECT rolname FROM pg_roles"))
                    .contains(APP, OTHER)
                    .doesNotContain(GUEST);
        }
    }

    @Test
    void nothingIsCreatedBeforeTheFirstTestDatabase() throws SQLException {
        try (TestDatabases databases = named("postgres")) {
            databases.server(PostgresDialect.INSTANCE);
            databases.announcement(PostgresDialect.INSTANCE);
            assertThat(ours()).isEmpty();
        }
        assertThatCode(() -> named("postgres").close()).doesNotThrowAnyException();
    }
}
