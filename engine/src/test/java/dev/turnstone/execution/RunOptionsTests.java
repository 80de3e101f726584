package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.Migrator;
import dev.turnstone.revision.Step;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.SingleConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunOptionsTests {

    private static final String A = revision("a", "", "CREATE TABLE t_a (x integer);", "DROP TABLE t_a;");
    private static final String B = revision("b", "a", "CREATE TABLE t_b (x integer);", "DROP TABLE t_b;");
    private static final String BROKEN =
            revision("c", "b", "CREATE TABLE t_c (x integer); INSERT INTO nowhere VALUES (1);", "DROP TABLE t_c;");

    private static RunOptions with(Transactions transactions) {
        return RunOptions.DEFAULT.with(transactions);
    }

    @EachDialect
    void aFailedRunInOneTransactionLeavesNothing(DatabaseForTests database) {
        Migrator migrator = database.migrator(A, B, BROKEN).with(with(Transactions.PER_RUN));

        StatementFailedException failure =
                catchThrowableOfType(StatementFailedException.class, () -> migrator.upgrade("head"));

        assertThat(failure.statement()).isNotNull().satisfies(statement -> assertThat(statement.text())
                .isEqualTo("INSERT INTO nowhere VALUES (1)"));
        assertThat(failure)
                .hasMessageContaining(
                        "The whole run was rolled back, including the previous revisions; the version is still base.");
        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void aRunInOneTransactionUpgradesAndDowngrades(DatabaseForTests database) {
        List<String> finished = new ArrayList<>();
        Migrator migrator = database.migrator(A, B)
                .with(with(Transactions.PER_RUN))
                .withListener(new StepListener() {
                    @Override
                    public void finished(Step step) {
                        finished.add(step.direction() + " " + step.revision().id() + " "
                                + database.tables().size());
                    }
                });

        assertThat(migrator.upgrade("head")).hasSize(2);
        assertThat(database.tables()).containsExactly("t_a", "t_b", "turnstone_version");
        assertThat(migrator.downgrade("base")).hasSize(2);
        assertThat(database.tables()).containsExactly("turnstone_version");
        assertThat(finished).containsExactly("UPGRADE a 3", "UPGRADE b 3", "DOWNGRADE b 1", "DOWNGRADE a 1");
    }

    @EachDialect
    void rejectsARevisionThatCannotRunInTheTransactionOfTheRunBeforeAnythingRuns(DatabaseForTests database) {
        String alone = "-- no transaction\n" + revision("b", "a", "CREATE TABLE t_b (x integer);", "DROP TABLE t_b;");
        String gap = revision("b", "a", "-- autocommit\nCREATE TABLE t_b (x integer);\n-- end", "DROP TABLE t_b;");

        for (String second : List.of(alone, gap)) {
            assertThatExceptionOfType(TransactionControlException.class)
                    .isThrownBy(() -> database.migrator(A, second)
                            .with(with(Transactions.PER_RUN))
                            .upgrade("head"))
                    .withMessageStartingWith(
                            "The run uses one transaction, and revision b contains statements that cannot run in one."
                                    + " Nothing remains applied; the version is still base.");
        }
        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void withoutTransactionsCompletedStatementsRemain(DatabaseForTests database) {
        assertThatExceptionOfType(StatementFailedException.class).isThrownBy(() -> database.migrator(A, B, BROKEN)
                .with(with(Transactions.NONE))
                .upgrade("head"));

        assertThat(database.tables()).containsExactly("t_a", "t_b", "t_c", "turnstone_version");
        assertThat(database.versionRows()).containsExactly("b");
    }

    @EachDialect
    void rejectsANonTransactionalStatementOfALaterRevisionBeforeAnythingRuns(DatabaseForTests database) {
        String nonTransactional =
                revision("b", "a", database.isPostgresql() ? "CREATE INDEX CONCURRENTLY i ON t_a (x);" : "VACUUM;", "");

        assertThatExceptionOfType(TransactionControlException.class)
                .isThrownBy(() -> database.migrator(A, nonTransactional).upgrade("head"));

        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void anAutocommitBlockRunsStatementsThatCannotRunInATransaction(DatabaseForTests database) {
        String nonTransactional = database.isPostgresql() ? "CREATE INDEX CONCURRENTLY i ON t_b (x);" : "VACUUM;";
        String gap = revision(
                "b",
                "a",
                "CREATE TABLE t_b (x integer);\n-- autocommit\n" + nonTransactional
                        + "\n-- end\nINSERT INTO t_b VALUES (1);",
                "DROP TABLE t_b;");

        database.migrator(A, gap).upgrade("head");

        assertThat(database.strings("SELECT x FROM t_b")).containsExactly("1");
        assertThat(database.versionRows()).containsExactly("b");
        database.migrator(A, gap).downgrade("base");
        assertThat(database.tables()).containsExactly("turnstone_version");
    }

    @EachDialect
    void aFailureAfterAnAutocommitBlockListsTheRemainingStatements(DatabaseForTests database) {
        String gap = revision(
                "a",
                "",
                "CREATE TABLE t_a (x integer);\n-- autocommit\nCREATE TABLE t_b (x integer);\n-- end\n"
                        + "CREATE TABLE t_c (x integer);\nINSERT INTO nowhere VALUES (1);",
                "");

        StatementFailedException failure = catchThrowableOfType(
                StatementFailedException.class, () -> database.migrator(gap).upgrade("head"));

        assertThat(failure.rolledBack()).isFalse();
        assertThat(failure)
                .hasMessageContaining("INSERT INTO nowhere")
                .hasMessageContaining("These statements remain in effect:")
                .hasMessageContaining("CREATE TABLE t_a", "CREATE TABLE t_b");
        assertThat(String.valueOf(failure.getMessage())).doesNotContain("CREATE TABLE t_c");
        assertThat(database.tables()).contains("t_a", "t_b").doesNotContain("t_c");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void aFailureBeforeAnAutocommitBlockIsLocatedAndLeavesNothing(DatabaseForTests database) {
        String gap = revision(
                "a",
                "",
                "CREATE TABLE t_a (x integer);\nINSERT INTO nowhere VALUES (1);\n-- autocommit\n"
                        + "CREATE TABLE t_b (x integer);\n-- end",
                "");

        StatementFailedException failure = catchThrowableOfType(
                StatementFailedException.class, () -> database.migrator(gap).upgrade("head"));

        assertThat(failure.statement()).isNotNull();
        assertThat(failure.rolledBack()).isTrue();
        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void hooksRunInTheTransactionOfTheStep(DatabaseForTests database) {
        database.execute("CREATE TABLE log (note varchar(50))");
        StepHook hook = new StepHook() {
            @Override
            public void before(Step step, Connection connection) throws SQLException {
                note(connection, "before " + step.revision().id());
            }

            @Override
            public void after(Step step, Connection connection) throws SQLException {
                note(connection, "after " + step.revision().id());
            }

            private void note(Connection connection, String text) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("INSERT INTO log VALUES ('" + text + "')");
                }
            }
        };
        Migrator migrator = database.migrator(A, B, BROKEN).allowNonEmpty().with(RunOptions.DEFAULT.with(hook));

        assertThatExceptionOfType(StatementFailedException.class).isThrownBy(() -> migrator.upgrade("head"));

        assertThat(database.strings("SELECT note FROM log"))
                .containsExactly("before a", "after a", "before b", "after b");
    }

    @EachDialect
    void aHookThatThrowsFailsTheStep(DatabaseForTests database) {
        StepHook hook = new StepHook() {
            @Override
            public void after(Step step, Connection connection) {
                throw new IllegalStateException("not today");
            }
        };

        assertThatExceptionOfType(StepHookException.class)
                .isThrownBy(() ->
                        database.migrator(A).with(RunOptions.DEFAULT.with(hook)).upgrade("head"))
                .withMessageContaining("The hook that runs after revision a threw IllegalStateException:\n  not today\n"
                        + "The revision was rolled back; the version is still base.");
        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void retriesALockTimeoutAndThenReportsIt(DatabaseForTests database) throws SQLException {
        database.migrator(A).upgrade("head");
        RunOptions impatient =
                RunOptions.DEFAULT.withLockTimeout(Duration.ofMillis(20)).withLockAttempts(3);
        Migrator migrator = database.migrator(A, revision("b", "a", "ALTER TABLE t_a ADD COLUMN y integer;", ""))
                .with(impatient);

        try (Connection holder = database.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            statement.execute(database.isPostgresql() ? "BEGIN; LOCK TABLE t_a" : "BEGIN IMMEDIATE");
            assertThatExceptionOfType(LockTimeoutException.class)
                    .isThrownBy(() -> migrator.upgrade("head"))
                    .satisfies(failure -> assertThat(failure.attempts()).isEqualTo(3))
                    .withMessageContaining("revision b was not acquired in time: 3 attempts within ");
            statement.execute("ROLLBACK");
        }
        assertThat(database.versionRows()).containsExactly("a");
        migrator.upgrade("head");
        assertThat(database.versionRows()).containsExactly("b");
    }

    @EachDialect
    void restoresTheTimeoutsAfterTheRun(DatabaseForTests database) throws SQLException {
        String show = database.isPostgresql() ? "SHOW lock_timeout" : "SELECT timeout FROM pragma_busy_timeout";
        try (Connection connection = database.dataSource().getConnection()) {
            List<String> before = DatabaseForTests.strings(connection, show);
            List<String> within = new ArrayList<>();
            StepHook hook = new StepHook() {
                @Override
                public void before(Step step, Connection lent) throws SQLException {
                    within.addAll(DatabaseForTests.strings(lent, show));
                }
            };
            database.migrator(new SingleConnection(connection), A)
                    .with(RunOptions.DEFAULT
                            .withLockTimeout(Duration.ofMillis(1234))
                            .withStatementTimeout(Duration.ofSeconds(60))
                            .with(hook))
                    .upgrade("head");

            assertThat(within).containsExactly(database.isPostgresql() ? "1234ms" : "1234");
            assertThat(DatabaseForTests.strings(connection, show)).isEqualTo(before);
        }
    }

    @EachDialect
    void rejectsEditedRevisionsIfTheOptionsSaySo(DatabaseForTests database) {
        database.migrator(A).upgrade("head");
        Migrator migrator = database.migrator(A.replace("integer", "bigint"), B)
                .with(RunOptions.DEFAULT.with(RunOptions.EditedRevisions.REFUSED));

        assertThatExceptionOfType(EditedRevisionException.class)
                .isThrownBy(() -> migrator.upgrade("head"))
                .withMessageStartingWith(
                        "A revision was edited after it was applied here:\n  a (20240101_1200_a_test.sql),");
        assertThatExceptionOfType(EditedRevisionException.class).isThrownBy(() -> migrator.downgrade("base"));
        assertThat(database.versionRows()).containsExactly("a");
    }

    @Test
    void rejectsInvalidOptions() {
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.DEFAULT.withLockTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.DEFAULT.withLockAttempts(0));
        assertThat(Set.of(Transactions.values())).hasSize(3);
    }
}
