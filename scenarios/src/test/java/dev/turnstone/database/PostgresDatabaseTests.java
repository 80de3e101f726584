package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostgresDatabaseTests {

    private final TestDatabases databases = TestDatabases.with(TestSettings.embedded());

    @AfterEach
    void dropAll() {
        databases.close();
    }

    private TestDatabase database() {
        return databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE);
    }

    private static List<String> named(String name) throws SQLException {
        try (Connection admin = TestSettings.server().connect()) {
            return query(admin, "SELECT datname FROM pg_database WHERE datname = '" + name + "'");
        }
    }

    private static String name(TestDatabase database) throws SQLException {
        return query(database.dataSource(), "SELECT current_database()").get(0);
    }

    @Test
    void twoDatabasesHaveTheirOwnPublicSchema() throws SQLException {
        try (TestDatabase one = database();
                TestDatabase two = database()) {
            execute(one.dataSource(), "CREATE TABLE public.item (id int)");
            assertThat(query(two.dataSource(), "SELECT to_regclass('public.item')"))
                    .containsOnlyNulls();
            assertThat(query(one.dataSource(), "SHOW search_path")).containsExactly("\"$user\", public");
            assertThat(query(one.dataSource(), "SHOW server_encoding")).containsExactly("UTF8");
            assertThat(one.scope()).isEqualTo(Scope.database("public"));
            assertThat(one.describe()).isEqualTo("database " + name(one) + " (" + one.server() + ")");
        }
    }

    @Test
    void theMarkerIsOnTheDatabaseAndTheAnnouncementIsGone() throws SQLException {
        try (TestDatabase database = database()) {
            assertThat(
                            query(
                                    database.dataSource(),
                                    "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"))
                    .singleElement()
                    .satisfies(marker ->
                            assertThat(Owner.read(Owner.Kind.DATABASE, marker)).isPresent());
            assertThat(TestSettings.DIRECTORY.resolve("databases").resolve(name(database) + ".owner"))
                    .doesNotExist();
        }
    }

    @Test
    void closingDropsItAlsoWhileConnectionsAreOpen() throws SQLException {
        TestDatabase database = database();
        String name = name(database);
        try (Connection holder = database.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "CREATE TABLE item (id int)");
            database.close();
            assertThat(named(name)).isEmpty();
        }
        database.close();
    }

    @Test
    void aDatabaseOfAnotherIsRefusedAndLeftUntouched() throws SQLException {
        assertThatExceptionOfType(TestDatabaseException.class)
                .isThrownBy(() -> PostgresDatabase.create(
                        TestSettings.server(), "template1", Workspace.at(TestSettings.DIRECTORY)))
                .withMessageContaining("database template1 exists")
                .withMessageContaining("not changed");
        assertThat(named("template1")).hasSize(1);
        assertThat(TestSettings.DIRECTORY.resolve("databases/template1.owner")).doesNotExist();
    }

    @Test
    void aUserWithoutTheRightIsToldWhichOneIsMissing() throws SQLException, IOException {
        try (Connection admin = TestSettings.server().connect()) {
            execute(admin, "CREATE ROLE modest LOGIN");
            try (TestDatabases named =
                    TestDatabases.with(TestSettings.url(TestSettings.embeddedUrl("modest", "postgres")))) {
                assertThatExceptionOfType(MissingPrivilegeException.class)
                        .isThrownBy(() -> named.create(PostgresDialect.INSTANCE, Isolation.DATABASE))
                        .withMessageContaining("the user lacks CREATEDB")
                        .withMessageContaining("permission denied")
                        .withMessageContaining("ALTER ROLE ... CREATEDB")
                        .satisfies(e -> assertThat(e.privilege()).isEqualTo("CREATEDB"));
                assertThatExceptionOfType(MissingPrivilegeException.class)
                        .isThrownBy(() -> named.create(PostgresDialect.INSTANCE, Isolation.SCHEMA))
                        .withMessageContaining("the user lacks CREATE on the database")
                        .withMessageContaining("GRANT CREATE ON DATABASE");
                assertThat(named.server(PostgresDialect.INSTANCE))
                        .matches("PostgreSQL [0-9.]+ at localhost:[0-9]+ \\(turnstone\\.postgres\\.url\\)");
            }
            execute(admin, "GRANT CREATE ON DATABASE postgres TO modest");
            try (TestDatabases named =
                            TestDatabases.with(TestSettings.url(TestSettings.embeddedUrl("modest", "postgres")));
                    TestDatabase schema = named.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
                execute(schema.dataSource(), "CREATE TABLE item (id int)");
            } finally {
                execute(admin, "REVOKE ALL ON DATABASE postgres FROM modest", "DROP ROLE modest");
            }
        }
        try (var announcements = Files.list(TestSettings.DIRECTORY.resolve("databases"))) {
            assertThat(announcements).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER DATABASE %s SET work_mem = '2MB'", "GRANT TEMP ON DATABASE %s TO CURRENT_USER"})
    void whatACopyWouldLackIsNotCopied(String statement) throws SQLException {
        try (TestDatabase database = database()) {
            assertThat(TestDatabases.isCopyable(database)).isTrue();

            execute(database.dataSource(), statement.formatted(name(database)));

            assertThat(TestDatabases.isCopyable(database)).isFalse();
        }
    }
}
