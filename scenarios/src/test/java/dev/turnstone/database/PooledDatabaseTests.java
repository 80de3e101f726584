package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PooledDatabaseTests {

    private static final String WHICH = "SELECT pg_backend_pid()";
    private static final String STATE = "SELECT current_setting('statement_timeout') || ' ' || current_schema()"
            + " || ' ' || coalesce(to_regclass('scratch')::text, 'none')"
            + " || ' ' || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())";
    private static final String[] TRACES = {
        "SET statement_timeout = '77s'",
        "CREATE TEMP TABLE scratch (id int)",
        "SELECT pg_advisory_lock(20260101)",
        "SET search_path = pg_catalog"
    };

    private final TestDatabases databases = TestDatabases.with(TestSettings.embedded());
    private TestDatabase pooled = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);

    @BeforeEach
    void pool() {
        pooled = TestDatabases.pooled(pooled);
    }

    @AfterEach
    void close() {
        pooled.close();
        databases.close();
    }

    private String asNew() {
        return "0 " + pooled.scope().schema() + " none 0";
    }

    private List<String> asked(String query) throws SQLException {
        return query(pooled.dataSource(), query);
    }

    @Test
    void theSessionOfAPreparationServesOnAsIfItWereNew() throws SQLException {
        List<String> session = asked(WHICH);
        execute(pooled.dataSource(), TRACES);
        assertThat(asked(STATE)).isNotEqualTo(List.of(asNew()));

        TestDatabases.forgetSessions(pooled);

        assertThat(asked(STATE)).containsExactly(asNew());
        assertThat(asked(WHICH)).isEqualTo(session);
    }

    @Test
    void noneOfSeveralSessionsOfAPreparationIsLeft() throws SQLException {
        try (Connection one = pooled.dataSource().getConnection();
                Connection two = pooled.dataSource().getConnection()) {
            execute(one, TRACES);
            execute(two, "SET statement_timeout = '78s'");
        }

        TestDatabases.forgetSessions(pooled);

        try (Connection one = pooled.dataSource().getConnection();
                Connection two = pooled.dataSource().getConnection()) {
            assertThat(query(one, STATE)).containsExactly(asNew());
            assertThat(query(two, STATE)).containsExactly(asNew());
        }
    }

    @Test
    void aSessionThatCannotBeMadeNewIsReplaced() throws SQLException {
        List<String> session = asked(WHICH);
        execute(pooled.dataSource(), "SET statement_timeout = '77s'", "BEGIN");

        TestDatabases.forgetSessions(pooled);

        assertThat(asked(STATE)).containsExactly(asNew());
        assertThat(asked(WHICH)).isNotEqualTo(session);
    }

    @Test
    void whatTheDatabaseWasSetToIsInForceAfterwards() throws SQLException {
        try (TestDatabase database =
                TestDatabases.pooled(databases.create(PostgresDialect.INSTANCE, Isolation.DATABASE))) {
            execute(
                    database.dataSource(),
                    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 79000', current_database()); END $$");

            TestDatabases.forgetSessions(database);

            assertThat(query(database.dataSource(), "SHOW statement_timeout")).containsExactly("79s");
        }
    }

    @Test
    void sessionsThatWereEndedAreNotGivenAgain() throws SQLException {
        List<String> session = asked(WHICH);

        TestDatabases.endSessions(pooled);

        assertThat(asked(WHICH)).isNotEqualTo(session);
    }

    @Test
    void aConnectionOutlivesARefusalThatPostgresCallsUnsupported() throws SQLException {
        try (Connection connection = pooled.dataSource().getConnection()) {
            execute(connection, "CREATE TABLE a (id int)", "CREATE VIEW v AS SELECT id FROM a");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(connection, "ALTER TABLE a ALTER COLUMN id TYPE bigint"))
                    .matches(refusal -> "0A000".equals(refusal.getSQLState()));

            assertThat(query(connection, "SELECT 1")).containsExactly("1");
        }
    }
}
