package dev.turnstone.execution.session;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A step-by-step session caches the version rows, and notices when they are changed by others. */
class StepByStepTests {

    private static final RevisionId A = RevisionId.of("a");
    private static final RevisionId B = RevisionId.of("b");
    private static final RevisionId X = RevisionId.of("x");
    private static final RevisionId MERGE = RevisionId.of("merge");

    private static final String[] HISTORY = {
        revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"),
        revision(
                "b",
                "a",
                "CREATE TABLE two (x integer); INSERT INTO turnstone_version VALUES ('x');",
                "DROP TABLE two; DELETE FROM turnstone_version WHERE version_num = 'x';"),
        revision("x", "", "CREATE TABLE three (x integer);", "SELECT 1;"),
        revision("merge", "b, x", "CREATE TABLE four (x integer);", "DROP TABLE four;")
    };

    private static MigrationSession on(DatabaseForTests database, Connection connection) {
        Scripts scripts = Scripts.load(List.of(SqlFileSource.of(database.revisions(HISTORY))));
        return new MigrationSession(
                connection,
                scripts,
                new VersionTable(Dialects.named(database.dialect()), database.schema(), VersionTable.DEFAULT_NAME),
                Scope.schema(database.schema()),
                StepListener.NONE);
    }

    private interface Steps {
        void on(MigrationSession session) throws SQLException;
    }

    private static void stepping(DatabaseForTests database, Steps steps) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            MigrationSession session = on(database, connection);
            try (StartLock lock = session.keepOthersOut()) {
                steps.on(session);
            }
        }
    }

    @EachDialect
    void readsARowThatARevisionWroteItself(DatabaseForTests database) throws SQLException {
        stepping(database, session -> {
            session.upgradeOne(A);
            session.upgradeOne(B);
            assertThat(database.versionRows()).containsExactly("b", "x");

            session.upgradeOne(MERGE);
            assertThat(database.versionRows()).containsExactly("merge");

            session.downgradeOne(MERGE);
            session.downgradeOne(B);
            assertThat(database.versionRows()).containsExactly("a");
            session.upgradeOne(B);
            session.downgradeOne(X);
            assertThat(database.versionRows()).containsExactly("b");
        });
    }

    @EachDialect
    void doesNotRevertAVersionThatAnotherSessionSet(DatabaseForTests database) throws SQLException {
        stepping(database, session -> {
            session.upgradeOne(A);
            database.execute("DELETE FROM turnstone_version");

            assertThatThrownBy(() -> session.downgradeOne(A)).isInstanceOf(TurnstoneException.class);
            assertThat(database.tables()).containsExactly("one", "turnstone_version");

            database.execute("INSERT INTO turnstone_version VALUES ('a')");
            session.downgradeOne(A);
            assertThat(database.tables()).containsExactly("turnstone_version");
        });
    }

    @EachDialect
    void readsTheRowsAgainAfterAFailure(DatabaseForTests database) throws SQLException {
        stepping(database, session -> {
            session.upgradeOne(A);
            database.execute("CREATE TABLE two (x integer)");
            assertThatThrownBy(() -> session.upgradeOne(B)).isInstanceOf(StatementFailedException.class);
            assertThat(session.current()).containsExactly(A);

            session.mark(B);
            database.execute("INSERT INTO turnstone_version VALUES ('x')");
            session.upgradeOne(MERGE);
            assertThat(database.versionRows()).containsExactly("merge");
        });
    }

    @EachDialect
    void readsTheRowsAgainAfterTheLockWasReleased(DatabaseForTests database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Connection second = database.dataSource().getConnection()) {
            MigrationSession session = on(database, connection);
            try (StartLock lock = session.keepOthersOut()) {
                session.upgradeOne(A);
            }
            on(database, second).downgradeOne(A);
            try (StartLock lock = session.keepOthersOut()) {
                session.upgradeOne(A);
            }
            assertThat(database.versionRows()).containsExactly("a");
        }
    }
}
