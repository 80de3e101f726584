package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Step;
import dev.turnstone.testing.DatabaseForTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLostTests {

    private static final String TERMINATE = "SELECT pg_terminate_backend(pg_backend_pid());";

    private static String lost(String state) {
        return "(?s)The connection to PostgreSQL was lost while revision b was being upgraded:\n  .+\n" + state
                + " Find out why the connection ended \\(see the server's log\\), then repeat\\.";
    }

    private static final String ROLLED_BACK =
            lost("The server rolls the revision back by itself; the version is still a\\.");

    private static final String FIRST = revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;");

    private static void assertNextUpgradeWorks(DatabaseForTests database) {
        assertThat(database.versionRows()).containsExactly("a");
        assertThat(database.tables()).containsExactly("one", "turnstone_version");
        database.migrator(FIRST, revision("b", "a", "CREATE TABLE two (x integer);", "DROP TABLE two;"))
                .upgrade("head");
        assertThat(database.versionRows()).containsExactly("b");
    }

    @Test
    void rollsBackAndReleasesTheLockIfTheConnectionIsLost() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(
                    FIRST, revision("b", "a", "CREATE TABLE two (x integer);\n" + TERMINATE, "DROP TABLE two;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(ConnectionLostException.class)
                    .message()
                    .matches(ROLLED_BACK);
            assertNextUpgradeWorks(database);
        }
    }

    @Test
    void reportsAConnectionThatIsLostAtAGuard() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            String upgrade =
                    "CREATE TABLE two (x integer);\n-- unless table three\nCREATE TABLE three (x integer);\n-- end";
            Migrator migrator = database.migrator(FIRST, revision("b", "a", upgrade, "DROP TABLE two;"))
                    .withListener(new Killer(database));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(ConnectionLostException.class)
                    .message()
                    .matches(ROLLED_BACK);
            assertNextUpgradeWorks(database);
        }
    }

    /** Terminates the migrating session from another session. */
    private record Killer(DatabaseForTests database) implements StepListener {
        @Override
        public void ran(Step step, List<SqlStatement> statements) {
            if (step.revision().id().value().equals("b")) {
                assertThat(database.strings("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND state = 'idle in transaction'"))
                        .containsExactly("t");
            }
        }
    }

    @Test
    void reportsAConnectionThatIsLostBeforeTheVersionIsWritten() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(
                            FIRST, revision("b", "a", "CREATE TABLE two (x integer);", "DROP TABLE two;"))
                    .withListener(new Killer(database));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(ConnectionLostException.class)
                    .message()
                    .matches(ROLLED_BACK);
            assertNextUpgradeWorks(database);
        }
    }

    @Test
    void reportsAnUnknownOutcomeIfTheConnectionIsLostAtTheCommit() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(FIRST, revision("b", "a", """
                    CREATE TABLE two (x integer);
                    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON two DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW EXECUTE FUNCTION stop();
                    INSERT INTO two VALUES (1);""", "DROP TABLE two;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(ConnectionLostException.class)
                    .message()
                    .matches(lost("It was lost at the commit: the revision ran completely or not at all\\."
                            + " Check the version with 'current'\\."));
            assertNextUpgradeWorks(database);
        }
    }

    @Test
    void listsTheRemainingStatementsWithoutATransaction() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(
                    FIRST,
                    "-- revision: b\n-- parents: a\n-- no transaction\n\n-- upgrade\nCREATE TABLE two (x integer);\n"
                            + TERMINATE + "\n");

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining(
                            "These statements remain in effect:\n  20240101_1200_b_test.sql:6:1  CREATE TABLE two")
                    .hasMessageContaining("The version is still a.");
            assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
        }
    }
}
