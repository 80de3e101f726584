package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.format.DbmateSource;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks and listeners of steps without a transaction. */
class StepHookTests {

    private static final String ALONE =
            "-- no transaction\n" + revision("a", "", "CREATE TABLE t_a (x integer);", "DROP TABLE t_a;");

    @EachDialect
    void hooksRunBeforeAndAfterARevisionWithoutATransaction(DatabaseForTests database) {
        Migrator migrator = logged(database, new Log(database), ALONE);

        migrator.upgrade("head");

        assertThat(database.strings("SELECT note FROM log")).containsExactly("before a []", "after a [a]");
        assertThat(database.versionRows()).containsExactly("a");

        migrator.downgrade("base");

        assertThat(database.strings("SELECT note FROM log"))
                .containsExactly("before a []", "after a [a]", "before a [a]", "after a []");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void completedStatementsRemainAfterAFailureWithoutATransaction(DatabaseForTests database) {
        String broken = "-- no transaction\n"
                + revision("a", "", "CREATE TABLE t_a (x integer); INSERT INTO nowhere VALUES (1);", "");
        Migrator migrator = logged(database, new Log(database), broken);

        assertThatExceptionOfType(StatementFailedException.class).isThrownBy(() -> migrator.upgrade("head"));

        assertThat(database.strings("SELECT note FROM log")).containsExactly("before a []");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void aFailingHookBeforeTheStepPreventsItsStatements(DatabaseForTests database) {
        StepHook hook = new StepHook() {
            @Override
            public void before(Step step, Connection connection) {
                throw new IllegalStateException("not today");
            }
        };

        assertThatExceptionOfType(StepHookException.class)
                .isThrownBy(() -> logged(database, hook, ALONE).upgrade("head"))
                .withMessageStartingWith(
                        "The hook that runs before revision a threw IllegalStateException:\n  not today");

        assertThat(database.tables()).doesNotContain("t_a");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void aFailingHookAfterTheStepRollsTheVersionRowBack(DatabaseForTests database) {
        StepHook hook = new Log(database) {
            @Override
            public void after(Step step, Connection connection) throws SQLException {
                super.after(step, connection);
                throw new IllegalStateException("not today");
            }
        };

        assertThatExceptionOfType(StepHookException.class)
                .isThrownBy(() -> logged(database, hook, ALONE).upgrade("head"))
                .withMessageStartingWith(
                        "The hook that runs after revision a threw IllegalStateException:\n  not today");

        assertThat(database.tables()).contains("t_a");
        assertThat(database.strings("SELECT note FROM log")).containsExactly("before a []");
        assertThat(database.versionRows()).isEmpty();
    }

    /**
     * The server rejects a new enum value in the transaction that adds it. The file is then run again without a
     * transaction.
     */
    @Test
    void reportsAFileThatRunsAgainWithoutATransactionOnce(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("20240101120000_add.sql"),
                "-- migrate:up\nALTER TYPE mood ADD VALUE 'new';\nINSERT INTO moods VALUES ('new');\n\n-- migrate:down\n");
        List<String> heard = new ArrayList<>();
        StepListener listener = new StepListener() {
            @Override
            public void started(Step step) {
                heard.add("started " + step.revision().id());
            }

            @Override
            public void ran(Step step, List<SqlStatement> statements) {
                statements.forEach(statement -> heard.add(statement.text()));
            }

            @Override
            public void finished(Step step) {
                heard.add("finished " + step.revision().id());
            }
        };
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            database.execute("CREATE TABLE log (note text)");
            database.execute("CREATE TYPE mood AS ENUM ('old')");
            database.execute("CREATE TABLE moods (x mood)");
            Migrator.of(database.dataSource(), Scripts.load(List.of(DbmateSource.of(folder))))
                    .allowNonEmpty()
                    .withListener(listener)
                    .with(RunOptions.DEFAULT.with(new Log(database)))
                    .upgrade("head");

            assertThat(database.strings("SELECT x FROM moods")).containsExactly("new");
            // The row that the hook wrote in the first attempt was rolled back.
            assertThat(database.strings("SELECT note FROM log"))
                    .containsExactly("before 20240101120000 []", "after 20240101120000 [20240101120000]");
        }
        assertThat(heard)
                .containsExactly(
                        "started 20240101120000",
                        "ALTER TYPE mood ADD VALUE 'new'",
                        "INSERT INTO moods VALUES ('new')",
                        "finished 20240101120000");
    }

    private static Migrator logged(DatabaseForTests database, StepHook hook, String... files) {
        database.execute("CREATE TABLE log (note text)");
        return database.migrator(files).allowNonEmpty().with(RunOptions.DEFAULT.with(hook));
    }

    /** Writes the moment and the visible version through the connection of the step. */
    private static class Log implements StepHook {

        private final String rows;

        Log(DatabaseForTests database) {
            rows = database.isPostgresql()
                    ? "(SELECT coalesce(string_agg(version_num, ','), '') FROM turnstone_version)"
                    : "(SELECT coalesce(group_concat(version_num), '') FROM turnstone_version)";
        }

        @Override
        public void before(Step step, Connection connection) throws SQLException {
            note("before", step, connection);
        }

        @Override
        public void after(Step step, Connection connection) throws SQLException {
            note("after", step, connection);
        }

        private void note(String when, Step step, Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO log SELECT '" + when + " "
                        + step.revision().id() + " [' || " + rows + " || ']'");
            }
        }
    }
}
