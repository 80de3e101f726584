package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.UsersData.fingerprint;
import static dev.turnstone.database.UsersData.named;
import static dev.turnstone.database.UsersData.ours;
import static dev.turnstone.database.UsersData.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server itself refuses statements that reach out to the role of a run. All rows share one run and one test database,
 * because a refused statement changes nothing, which each row verifies.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RefusedByServerTests {

    private static TestDatabases databases;
    private static TestDatabase database;
    private static ServerFingerprint before;

    @BeforeAll
    static void createRun() throws SQLException {
        UsersData.create();
        databases = named("postgres");
        assertThat(databases.boundary(PostgresDialect.INSTANCE)).isEqualTo(Boundary.OWN_ROLE);
        database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
        before = fingerprint();
    }

    @AfterAll
    static void endRun() throws SQLException {
        database.close();
        databases.close();
        assertThat(ours()).isEmpty();
        UsersData.drop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DELETE FROM billing.inv                                    | 42P01
            TRUNCATE billing.inv                                       | 3F000
            DROP ROLE turnstone_tests_app                              | 42501
            DROP ROLE IF EXISTS turnstone_tests_app                    | 42501
            ALTER ROLE turnstone_tests_app NOLOGIN PASSWORD NULL       | 42501
            ALTER ROLE turnstone_tests_app SET search_path = x         | 42501
            CREATE ROLE turnstone_tests_added                          | 42501
            GRANT turnstone_tests_app TO CURRENT_USER                  | 42501
            REVOKE turnstone_tests_other FROM turnstone_tests_app      | 42501
            COMMENT ON ROLE turnstone_tests_app IS 'x'                 | 42501
            SET ROLE turnstone_tests_app                               | 42501
            ALTER SYSTEM SET work_mem = '3MB'                          | 42501
            ALTER DATABASE turnstone_tests_shop SET work_mem = '3MB'   | 42501
            ALTER DATABASE turnstone_tests_shop RENAME TO other        | 42501
            DROP DATABASE turnstone_tests_shop                         | 42501
            CREATE DATABASE turnstone_tests_added                      | 42501
            COPY (SELECT 1) TO PROGRAM 'cat > /dev/null'               | 42501
            COPY (SELECT 1) TO '/tmp/turnstone_tests_file'             | 42501
            CREATE TABLESPACE turnstone_tests_added LOCATION '/tmp'    | 42501
            CREATE EXTENSION dblink                                    | 42501
            CREATE EXTENSION postgres_fdw                              | 42501
            CREATE EXTENSION file_fdw                                  | 42501
            DROP OWNED BY turnstone_tests_app                          | 42501
            REASSIGN OWNED BY turnstone_tests_app TO CURRENT_USER      | 42501
            SELECT lo_unlink(4711)                                     | 42704
            SELECT lo_export(4711, '/tmp/turnstone_tests_file')        | 42501
            SELECT pg_create_physical_replication_slot('turnstone')    | 42501
            SELECT pg_reload_conf()                                    | 42501
            SELECT pg_read_file('/etc/passwd')                         | 42501
            """)
    void statementsAreRefusedInPlainSqlAndInBlocks(String statement, String state) throws SQLException {
        String block = "DO $do$ BEGIN EXECUTE $sql$" + statement + "$sql$; END $do$";

        assertThat(refusal(statement).getSQLState()).isEqualTo(state);
        // Some statements are refused in a function whatever the role is.
        assertThat(refusal(block).getSQLState()).isIn(state, "25001", "0A000");

        assertThat(before.changesTo(fingerprint())).isEmpty();
        assertThat(rows()).containsExactly("200");
    }

    private static SQLException refusal(String statement) {
        return Objects.requireNonNull(
                catchThrowableOfType(SQLException.class, () -> execute(database.dataSource(), statement)),
                "not refused: " + statement);
    }
}
