package dev.turnstone.execution.step;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static dev.turnstone.testing.DatabaseForTests.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.SingleConnection;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSettingsTests {

    private static final String ALL =
            "SELECT name || ' = ' || current_setting(name) FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'"
                    + " UNION ALL SELECT current_setting('role') UNION ALL SELECT current_setting('session_authorization')"
                    + " ORDER BY 1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_catalog.set_config('search_path', '', false)",
                "SET search_path TO public",
                "DO $$ BEGIN SET search_path TO public; END $$",
                "SET statement_timeout = 12345",
                "SET check_function_bodies = false; SET client_min_messages = warning; SET row_security = off",
                "SET ROLE pg_monitor",
                "SET SESSION AUTHORIZATION pg_monitor",
                "RESET ALL"
            })
    void aSettingOfARevisionAffectsNeitherTheNextRevisionNorThePool(String setting) throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql();
                Connection connection = database.dataSource().getConnection()) {
            database.execute("GRANT ALL ON SCHEMA " + database.schema() + " TO pg_monitor");
            database.execute(
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA " + database.schema() + " GRANT ALL ON TABLES TO pg_monitor");
            List<String> before = strings(connection, ALL);
            Migrator migrator = database.migrator(
                    new SingleConnection(connection),
                    revision("a", "", "CREATE TABLE one (x integer); " + setting + ";", "DROP TABLE one;"),
                    revision("b", "a", "CREATE TABLE two (x integer);", "DROP TABLE two;"));

            migrator.upgrade("head");

            assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
            assertThat(database.versionRows()).containsExactly("b");
            assertThat(strings(connection, ALL)).isEqualTo(before);
        }
    }

    @EachDialect
    void dropsOnlyTheTemporaryObjectsOfARevision(DatabaseForTests database) throws Exception {
        boolean sqlite = database.dialect().equals("sqlite");
        try (Connection connection = database.dataSource().getConnection()) {
            if (sqlite) {
                // PostgreSQL can only discard all temporary objects or none.
                try (java.sql.Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TEMP TABLE of_the_user (x integer)");
                }
            }
            String temporary =
                    "CREATE TEMP TABLE \"t\"\"1\" (x integer); CREATE TEMP VIEW v AS SELECT * FROM \"t\"\"1\";";
            database.migrator(
                            new SingleConnection(connection),
                            revision("a", "", temporary, "SELECT 1;"),
                            revision("b", "a", temporary, "SELECT 1;"))
                    .upgrade("head");

            assertThat(strings(
                            connection,
                            sqlite
                                    ? "SELECT name FROM sqlite_temp_master"
                                    : "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()"))
                    .isEqualTo(sqlite ? List.of("of_the_user") : List.of());
        }
    }

    @Test
    void restoresTheSettingsAfterAFailedRevision() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql();
                Connection connection = database.dataSource().getConnection()) {
            List<String> before = strings(connection, ALL);
            Migrator migrator = database.migrator(
                    new SingleConnection(connection),
                    "-- revision: a\n-- no transaction\n\n-- upgrade\nSET search_path TO public; SELECT broken;\n");

            assertThatThrownBy(() -> migrator.upgrade("head")).isInstanceOf(StatementFailedException.class);

            assertThat(strings(connection, ALL)).isEqualTo(before);
        }
    }

    @Test
    void aPragmaAffectsNeitherTheNextRevisionNorThePool() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite();
                Connection connection = DatabaseForTests.dataSource(database.url() + "?foreign_keys=on")
                        .getConnection()) {
            Migrator migrator = database.migrator(
                    new SingleConnection(connection),
                    """
                    -- revision: a
                    -- no transaction

                    -- upgrade
                    PRAGMA foreign_keys = off;
                    CREATE TABLE one (x integer REFERENCES nowhere);
                    INSERT INTO one VALUES (1);
                    PRAGMA busy_timeout = 1;
                    """,
                    revision("b", "a", "INSERT INTO one VALUES (2);", "DELETE FROM one;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("b_test.sql:5:1");

            assertThat(database.versionRows()).containsExactly("a");
            assertThat(strings(connection, "PRAGMA foreign_keys")).containsExactly("1");
            assertThat(strings(connection, "PRAGMA busy_timeout")).containsExactly("3000");
        }
    }
}
