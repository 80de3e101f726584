package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.Migrator;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionModeTests {

    private static String withoutTransaction(String upgrade) {
        return "-- revision: a\n-- no transaction\n\n-- upgrade\n" + upgrade + "\n-- irreversible: It is a test.\n";
    }

    @EachDialect
    void rejectsTransactionControlAndLeavesNothing(DatabaseForTests database) {
        for (String control : new String[] {"BEGIN", "COMMIT", "ROLLBACK"}) {
            Migrator migrator = database.migrator(
                    revision("a", "", "CREATE TABLE one (x integer);\n" + control + ";", "DROP TABLE one;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(TransactionControlException.class)
                    .hasMessage(
                            "Revision a runs in one transaction, and 20240101_1200_a_test.sql:5:1 contains '" + control
                                    + "', which begins or ends a transaction. Nothing of this revision remains applied. Remove it: the"
                                    + " engine commits the revision together with its version row.");
            assertThat(database.tables()).isEmpty();
        }
    }

    @EachDialect
    void rejectsTransactionControlBehindAGuard(DatabaseForTests database) {
        Migrator migrator = database.migrator(revision(
                "a",
                "",
                "CREATE TABLE one (x integer);\n-- unless table two\nCREATE TABLE two (x integer);\nCOMMIT;\n-- end",
                "DROP TABLE one;"));

        assertThatThrownBy(() -> migrator.upgrade("head")).isInstanceOf(TransactionControlException.class);
        assertThat(database.tables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE INDEX CONCURRENTLY i ON one (x)", "VACUUM", "ALTER SYSTEM RESET work_mem"})
    void rejectsNonTransactionalStatementsOnPostgresql(String statement) throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(
                    revision("a", "", "CREATE TABLE one (x integer);\n" + statement + ";", "DROP TABLE one;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(TransactionControlException.class)
                    .hasMessageContaining(
                            ":5:1 contains '" + statement + "', which the server does not allow in a transaction.")
                    .hasMessageEndingWith(
                            "Put it between '-- autocommit' and '-- end', or in a separate revision with the"
                                    + " header line '-- no transaction' (autocommit() and transaction = false for a class).");
            assertThat(database.tables()).isEmpty();
        }
    }

    @Test
    void rejectsVacuumOnSqlite() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            Migrator migrator =
                    database.migrator(revision("a", "", "CREATE TABLE one (x integer);\nVACUUM;", "DROP TABLE one;"));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(TransactionControlException.class)
                    .hasMessageContaining("contains 'VACUUM'");
            assertThat(database.tables()).isEmpty();
        }
    }

    @Test
    void createsAnIndexConcurrentlyWithoutATransaction() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            database.migrator(
                            revision("first", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"),
                            withoutTransaction("CREATE INDEX CONCURRENTLY i ON one (x);")
                                    .replace("a\n--", "a\n-- parents: first\n--"))
                    .upgrade("head");

            assertThat(database.indexes()).containsExactly("i");
            assertThat(database.versionRows()).containsExactly("a");
        }
    }

    @EachDialect
    void aFailureWithoutATransactionListsTheRemainingStatements(DatabaseForTests database) {
        Migrator migrator = database.migrator(withoutTransaction(
                "CREATE TABLE one (x integer);\nINSERT INTO one\n  VALUES (1);\nDROP TABLE nowhere;\nDROP TABLE one;"));

        StatementFailedException failure =
                catchThrowableOfType(StatementFailedException.class, () -> migrator.upgrade("head"));

        assertThat(failure)
                .hasMessageContaining(", at 20240101_1200_a_test.sql:8:1:\n  DROP TABLE nowhere\n")
                .hasMessageEndingWith("""

                        The revision does not run in one transaction. These statements remain in effect:
                          20240101_1200_a_test.sql:5:1  CREATE TABLE one (x integer)
                          20240101_1200_a_test.sql:6:1  INSERT INTO one
                        The version is still base. Undo them by hand, or change the revision so that it can run again.\
                         Correct the statement, then repeat.""");
        assertThat(failure.rolledBack()).isFalse();
        assertThat(database.tables()).contains("one");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void rollsBackTheTransactionOfTheAuthor(DatabaseForTests database) {
        Migrator migrator = database.migrator(withoutTransaction("""
                CREATE TABLE one (x integer);
                BEGIN;
                CREATE TABLE two (x integer);
                COMMIT;
                BEGIN;
                CREATE TABLE three (x integer);
                DROP TABLE nowhere;
                COMMIT;"""));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("CREATE TABLE one")
                .hasMessageContaining("CREATE TABLE two")
                .hasMessageNotContaining("CREATE TABLE three");
        assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
        assertThat(migrator.current()).isEmpty();
    }

    @EachDialect
    void commitsAnUnfinishedTransactionOfTheAuthorWithTheVersion(DatabaseForTests database) {
        database.migrator(withoutTransaction("BEGIN;\nCREATE TABLE one (x integer);"))
                .upgrade("head");

        assertThat(database.tables()).containsExactly("one", "turnstone_version");
        assertThat(database.versionRows()).containsExactly("a");
    }

    @Test
    void reportsThatAFailedConcurrentIndexMayRemain() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            database.execute("CREATE TABLE one (x integer); INSERT INTO one VALUES (1), (1)");
            Migrator migrator = database.migrator(withoutTransaction("CREATE UNIQUE INDEX CONCURRENTLY i ON one (x);"))
                    .allowNonEmpty();

            StatementFailedException failure =
                    catchThrowableOfType(StatementFailedException.class, () -> migrator.upgrade("head"));

            assertThat(failure)
                    .hasMessageEndingWith(
                            "An index that was being created concurrently may remain as an invalid index: drop it.");
            assertThat(failure.rolledBack()).isFalse();
            assertThat(database.indexes()).containsExactly("i");
        }
    }
}
