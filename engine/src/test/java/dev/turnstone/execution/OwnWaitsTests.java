package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StartLockTimeoutException;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.SingleConnection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The waits for the version table and for the start lock end, and name the session that is waited for. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OwnWaitsTests {

    private static final String A = revision("a", "", "CREATE TABLE t_a (x integer);", "DROP TABLE t_a;");
    private static final String B = revision("b", "a", "CREATE TABLE t_b (x integer);", "DROP TABLE t_b;");
    private static final RunOptions ONE_SHORT_WAIT =
            RunOptions.DEFAULT.withLockTimeout(Duration.ofMillis(50)).withLockAttempts(1);

    private static void lockVersionTable(DatabaseForTests database, Statement holder) throws SQLException {
        holder.execute(database.isPostgresql() ? "BEGIN; LOCK TABLE turnstone_version" : "BEGIN EXCLUSIVE");
    }

    @EachDialect
    void aLockedVersionTableIsNotAwaitedForLongerThanTheLockTimeout(DatabaseForTests database) throws SQLException {
        database.migrator(A).upgrade("head");
        Migrator migrator = database.migrator(A, B).with(ONE_SHORT_WAIT);

        try (Connection holder = database.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            lockVersionTable(database, statement);
            String holds = database.isPostgresql() ? "it is held by process " : "SQLite does not show which session";
            for (Runnable command : new Runnable[] {
                migrator::current, migrator::edited, () -> migrator.upgrade("head"), () -> migrator.downgrade("base")
            }) {
                assertThatExceptionOfType(LockTimeoutException.class)
                        .isThrownBy(command::run)
                        .withMessageContaining("A lock on the version table turnstone_version was not given within ")
                        .withMessageContaining(holds)
                        .withMessageContaining("Nothing was changed.");
            }
            statement.execute("ROLLBACK");
        }
        assertThat(database.versionRows()).containsExactly("a");
        assertThat(migrator.upgrade("head")).hasSize(1);
    }

    @Test
    void aStampDoesNotWaitForLongerEither() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            database.migrator(A).upgrade("head");
            Migrator migrator = database.migrator(A, B).with(ONE_SHORT_WAIT);

            try (Connection holder = database.dataSource().getConnection();
                    Statement statement = holder.createStatement()) {
                statement.execute("BEGIN; LOCK TABLE turnstone_version IN SHARE MODE");
                assertThatExceptionOfType(LockTimeoutException.class)
                        .isThrownBy(() -> migrator.stamp("b"))
                        .withMessageContaining("A lock on the version table turnstone_version was not given within ");
                statement.execute("ROLLBACK");
            }
            assertThat(migrator.stamp("b")).hasSize(1);
        }
    }

    @EachDialect
    void aLockThatIsGivenUpInTimeIsAwaited(DatabaseForTests database) throws Exception {
        database.migrator(A).upgrade("head");
        Migrator migrator = database.migrator(A, B).with(RunOptions.DEFAULT.withLockTimeout(Duration.ofSeconds(20)));

        try (Connection holder = database.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            lockVersionTable(database, statement);
            CompletableFuture<Integer> applied =
                    CompletableFuture.supplyAsync(() -> migrator.upgrade("head").size());
            assertThat(applied).isNotDone();
            statement.execute("ROLLBACK");
            assertThat(applied.get()).isEqualTo(1);
        }
    }

    @Test
    void theStartLockIsNotAwaitedForLongerThanTheLockTimeout() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql();
                Connection other = database.dataSource().getConnection()) {
            Migrator migrator = database.migrator(A).with(ONE_SHORT_WAIT);
            String pid =
                    DatabaseForTests.strings(other, "SELECT pg_backend_pid()").get(0);

            StartLock held = PostgresDialect.INSTANCE.startLock(
                    other, database.schema() + ".turnstone_version", Duration.ofSeconds(1));
            assertThatExceptionOfType(StartLockTimeoutException.class)
                    .isThrownBy(() -> migrator.upgrade("head"))
                    .withMessageContaining("(process " + pid + " of ")
                    .withMessageContaining(", since ");
            held.close();
            assertThat(migrator.upgrade("head")).hasSize(1);
        }
    }

    @EachDialect
    void aWaitOfMoreThanTwoSecondsIsReported(DatabaseForTests database) throws SQLException {
        database.migrator(A).upgrade("head");
        Migrator migrator = database.migrator(A)
                .with(RunOptions.DEFAULT
                        .withLockTimeout(Duration.ofMillis(2500))
                        .withLockAttempts(1));
        PrintStream usual = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        try (Connection holder = database.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            lockVersionTable(database, statement);
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(migrator::current);
            } finally {
                System.setErr(usual);
            }
            statement.execute("ROLLBACK");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Waiting for a lock on the version table turnstone_version; ")
                .contains(database.isPostgresql() ? "it is held by process " : "SQLite does not show which")
                .contains("The wait ends after 2 s.");
    }

    @Test
    void aFullDiskIsNamedAtAStatement() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 10");
            String large = revision(
                    "a",
                    "",
                    "CREATE TABLE t (x text);\nINSERT INTO t VALUES (hex(randomblob(100000)));",
                    "DROP TABLE t;");
            assertThatExceptionOfType(StatementFailedException.class)
                    .isThrownBy(() -> database.migrator(new SingleConnection(connection), large)
                            .upgrade("head"))
                    .withMessageContaining("The disk that holds the database or its temporary files is full.")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("Correct the"));
        }
    }
}
