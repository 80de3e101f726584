package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostgresSchemaTests {

    private final TestDatabases databases = TestDatabases.with(TestSettings.embedded());

    @AfterEach
    void dropAll() {
        databases.close();
    }

    private TestDatabase schema() {
        return databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
    }

    private static List<String> schemas(String name) throws SQLException {
        try (Connection connection = TestSettings.server().connect()) {
            return query(connection, "SELECT nspname FROM pg_namespace WHERE nspname = '" + name + "'");
        }
    }

    @Test
    void twoSchemasDoNotSeeEachOther() throws SQLException {
        try (TestDatabase one = schema();
                TestDatabase two = schema()) {
            execute(one.dataSource(), "CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
            execute(two.dataSource(), "CREATE TABLE item (id int)");
            assertThat(query(one.dataSource(), "SELECT count(*) FROM item")).containsExactly("1");
            assertThat(query(two.dataSource(), "SELECT count(*) FROM item")).containsExactly("0");
            assertThat(one.scope())
                    .isEqualTo(Scope.schema(one.scope().schema()))
                    .isNotEqualTo(two.scope());
        }
    }

    @Test
    void aTableOfTheSameNameInPublicIsNeitherSeenNorTouched() throws SQLException {
        try (TestDatabase database = schema()) {
            execute(database.dataSource(), "DROP TABLE IF EXISTS public.users", "CREATE TABLE public.users (id int)");
            assertThat(query(database.dataSource(), "SELECT to_regclass('users')"))
                    .containsOnlyNulls();
            execute(database.dataSource(), "CREATE TABLE users (id int)", "ALTER TABLE users ADD COLUMN name text");
            assertThat(
                            query(
                                    database.dataSource(),
                                    "SELECT count(*) FROM pg_attribute WHERE attrelid = 'public.users'::regclass AND attnum > 0"))
                    .containsExactly("1");
            execute(database.dataSource(), "DROP TABLE public.users");
        }
    }

    @Test
    void theSearchPathIsExactlyTheSchemaAndSurvivesResets() throws SQLException {
        try (TestDatabase database = schema();
                Connection connection = database.dataSource().getConnection()) {
            String name = database.scope().schema();
            assertThat(query(connection, "SHOW search_path")).containsExactly('"' + name + '"');
            assertThat(query(connection, "SELECT current_schemas(false)::text")).containsExactly("{" + name + "}");
            execute(connection, "SET search_path = public", "RESET ALL");
            assertThat(query(connection, "SELECT current_schemas(false)::text")).containsExactly("{" + name + "}");
            execute(connection, "SET search_path = public", "DISCARD ALL");
            assertThat(query(connection, "SELECT current_schemas(false)::text")).containsExactly("{" + name + "}");
        }
    }

    @Test
    void settingsOfRoleAndUrlDoNotReachTheSearchPath() throws SQLException {
        try (Connection admin = TestSettings.server().connect()) {
            execute(
                    admin,
                    "DROP ROLE IF EXISTS wanderer",
                    "CREATE ROLE wanderer LOGIN SUPERUSER",
                    "ALTER ROLE wanderer SET search_path = public");
        }
        String url = TestSettings.embeddedUrl("wanderer", "postgres")
                + "?options=-c%20search_path%3Dpublic%20-c%20work_mem%3D1MB&schema=public";
        try (TestDatabases named = TestDatabases.with(TestSettings.url(url));
                TestDatabase database = named.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            assertThat(query(database.dataSource(), "SELECT current_schemas(false)::text"))
                    .containsExactly("{" + database.scope().schema() + "}");
            assertThat(query(database.dataSource(), "SHOW work_mem")).containsExactly("1MB");
        } finally {
            try (Connection admin = TestSettings.server().connect()) {
                execute(admin, "DROP ROLE wanderer");
            }
        }
    }

    @Test
    void closingDropsTheSchemaAndASecondTimeDoesNothing() throws SQLException {
        TestDatabase database = schema();
        String name = database.scope().schema();
        execute(database.dataSource(), "CREATE TABLE a (id int PRIMARY KEY)", "CREATE VIEW b AS SELECT * FROM a");
        assertThat(name).matches("turnstone_[0-9a-z]+_[0-9a-z]+_[0-9a-z]+");
        assertThat(schemas(name)).hasSize(1);
        database.close();
        assertThat(schemas(name)).isEmpty();
        database.close();
    }

    @Test
    void closingDoesNotWaitForAConnectionThatHoldsALock() throws SQLException {
        TestDatabase database = schema();
        String name = database.scope().schema();
        execute(database.dataSource(), "CREATE TABLE a (id int)");
        try (Connection holder = database.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "SET application_name = 'somebody'", "LOCK TABLE a IN ACCESS EXCLUSIVE MODE");
            database.close();
            assertThat(schemas(name)).isEmpty();
            assertThat(holder.isValid(2)).isFalse();
        }
    }

    @Test
    void connectionsLeftOpenEndWithTheSchema() throws SQLException, InterruptedException {
        TestDatabase database = schema();
        String name = database.scope().schema();
        try (Connection forgotten = database.dataSource().getConnection();
                Connection admin = TestSettings.server().connect()) {
            assertThat(forgotten.isValid(2)).isTrue();
            database.close();
            String sessions = "SELECT pid FROM pg_stat_activity WHERE application_name = '" + name + "'";
            for (int i = 0; i < 50 && !query(admin, sessions).isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(query(admin, sessions)).isEmpty();
        }
    }

    @Test
    void aSchemaOfAnotherIsRefusedAndLeftUntouched() throws SQLException {
        try (Connection admin = TestSettings.server().connect()) {
            execute(admin, "CREATE SCHEMA taken", "CREATE TABLE taken.kept (id int)");
            assertThatExceptionOfType(TestDatabaseException.class)
                    .isThrownBy(() -> PostgresSchema.create(TestSettings.server(), "taken"))
                    .withMessageContaining("schema taken exists")
                    .withMessageContaining("not changed");
            assertThat(query(admin, "SELECT to_regclass('taken.kept')::text")).containsExactly("taken.kept");
            execute(admin, "DROP SCHEMA taken CASCADE");
        }
    }

    @Test
    void whatTookTheNameLaterIsLeftUntouchedAndSaid() throws SQLException {
        TestDatabases own = TestDatabases.with(TestSettings.embedded());
        TestDatabase database = own.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
        String name = database.scope().schema();
        execute(database.dataSource(), "DROP SCHEMA " + name, "CREATE SCHEMA " + name);
        database.close();
        assertThat(schemas(name)).hasSize(1);
        assertThatExceptionOfType(TestDatabaseException.class)
                .isThrownBy(own::close)
                .withMessageContaining("schema " + name)
                .withMessageContaining("not changed");
        try (Connection admin = TestSettings.server().connect()) {
            execute(admin, "DROP SCHEMA " + name);
        }
    }

    @Test
    void theMarkerTellsWhoMadeIt() throws SQLException {
        try (TestDatabase database = schema()) {
            String marker = query(
                            database.dataSource(),
                            "SELECT obj_description(current_schema()::regnamespace, 'pg_namespace')")
                    .get(0);
            assertThat(marker).startsWith("turnstone test schema; host=");
            assertThat(Owner.read(Owner.Kind.SCHEMA, marker)).hasValueSatisfying(owner -> assertThat(owner.pid())
                    .isEqualTo(ProcessHandle.current().pid()));
        }
    }

    @Test
    void serverAndDatabaseDescribeThemselves() {
        try (TestDatabase database = schema()) {
            assertThat(database.server()).matches("PostgreSQL [0-9.]+, embedded");
            assertThat(databases.server(PostgresDialect.INSTANCE)).isEqualTo(database.server());
            assertThat(database.describe())
                    .isEqualTo("schema " + database.scope().schema() + " (" + database.server() + ")");
        }
    }
}
