package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedStatementTests {

    private static StatementFailedException failureOf(Migrator migrator) {
        return catchThrowableOfType(StatementFailedException.class, () -> migrator.upgrade("head"));
    }

    @EachDialect
    void runsBothStatementsOfASection(DatabaseForTests database) {
        database.migrator(revision(
                        "a",
                        "",
                        "CREATE TABLE one (x integer); CREATE TABLE two (x integer);",
                        "DROP TABLE two; DROP TABLE one;"))
                .upgrade("head");

        assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
    }

    @EachDialect
    void aFailureOfTheFirstRevisionLeavesNothing(DatabaseForTests database) {
        Migrator migrator = database.migrator(revision("a", "", """
                CREATE TABLE one (x integer);
                INSERT INTO one VALUES (1);
                  INSERT INTO nowhere
                  VALUES (1);
                CREATE TABLE two (x integer);""", "DROP TABLE two; DROP TABLE one;"));

        StatementFailedException failure = failureOf(migrator);

        assertThat(database.tables()).isEmpty();
        assertThat(failure)
                .hasMessageStartingWith("Revision a fails on " + database.title()
                        + " when it is upgraded, at 20240101_1200_a_test.sql:6:3:\n  INSERT INTO nowhere\n")
                .hasMessageContaining("nowhere")
                .hasMessageContaining(String.valueOf(failure.sqlException().getMessage())
                        .strip()
                        .replace("\n", "\n  "))
                .hasMessageEndingWith(
                        "\nThe revision was rolled back; the version is still base. Correct the statement, then repeat.");
        assertThat(failure.rolledBack()).isTrue();
        assertThat(failure.direction()).isEqualTo(Direction.UPGRADE);
        assertThat(failure.revision()).hasToString("a");
        assertThat(failure.statement())
                .isNotNull()
                .extracting(SqlStatement::text)
                .isEqualTo("INSERT INTO nowhere\n  VALUES (1)");
    }

    @EachDialect
    void earlierRevisionsOfTheRunStayApplied(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"),
                revision("b", "a", "CREATE TABLE two (x integer); DROP TABLE nowhere;", "DROP TABLE two;"));

        assertThat(failureOf(migrator)).hasMessageContaining("the version is still a.");
        assertThat(database.tables()).containsExactly("one", "turnstone_version");
        assertThat(database.versionRows()).containsExactly("a");
    }

    @EachDialect
    void aFailedDowngradeLeavesTheRevisionApplied(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;\nDROP TABLE nowhere;"));
        migrator.upgrade("head");

        assertThatThrownBy(() -> migrator.downgrade("base"))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("when it is downgraded, at 20240101_1200_a_test.sql:8:1:\n  DROP TABLE nowhere\n")
                .hasMessageContaining("the version is still a.");
        assertThat(database.tables()).containsExactly("one", "turnstone_version");
    }

    @EachDialect
    void locatesAFailureBehindAGuard(DatabaseForTests database) {
        Migrator migrator = database.migrator(revision("a", "", """
                CREATE TABLE one (x integer);
                CREATE TABLE two (x integer);
                -- unless column one.y
                ALTER TABLE one ADD COLUMN y integer;
                INSERT INTO one (x, y) VALUES (1, 2);
                INSERT INTO one (x, z) VALUES (1, 2);
                -- end""", "DROP TABLE one;"));

        assertThat(failureOf(migrator)).hasMessageContaining("a_test.sql:9:1:\n  INSERT INTO one (x, z)");
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void reportsARejectedCommit(DatabaseForTests database) {
        database.execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        Migrator migrator =
                database.migrator(revision("a", "", """
                CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO child VALUES (7);""", "DROP TABLE child;")).allowNonEmpty();
        Migrator checking = database.isPostgresql()
                ? migrator
                : Migrator.of(DatabaseForTests.dataSource(database.url() + "?foreign_keys=on"), migrator.scripts())
                        .allowNonEmpty();

        assertThat(failureOf(checking))
                .hasMessageContaining("The revision was rolled back; the version is still base."
                        + " The database rejected the commit");
        assertThat(database.tables()).containsExactly("parent");
    }

    @Test
    void reportsAFailureThatTheReplayDoesNotReproduce() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(
                    revision("a", "", "CREATE SEQUENCE s;", "DROP SEQUENCE s;"),
                    revision(
                            "b",
                            "a",
                            "CREATE TABLE one (x integer); SELECT 1 / (nextval('s') - 1);",
                            "DROP TABLE one;"));

            StatementFailedException failure = failureOf(migrator);

            assertThat(failure)
                    .hasMessageContaining("division by zero")
                    .hasMessageContaining("The failure is not reproducible: sent one by one, all statements succeeded");
            assertThat(failure.statement()).isNull();
            assertThat(database.tables()).containsExactly("turnstone_version");
            assertThat(database.versionRows()).containsExactly("a");
        }
    }

    @Test
    void doesNotReportTheReplayToTheListener() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            List<String> heard = new ArrayList<>();
            String upgrade = "CREATE TABLE one (x integer);\n-- unless table two\nSELECT 1; SELECT 1 / 0;\n-- end";
            Migrator migrator = database.migrator(revision("a", "", upgrade, "DROP TABLE one;"))
                    .withListener(new StepListener() {
                        @Override
                        public void ran(Step step, List<SqlStatement> statements) {
                            statements.forEach(statement -> heard.add(statement.text()));
                        }
                    });

            failureOf(migrator);

            assertThat(heard).containsExactly("CREATE TABLE one (x integer)");
        }
    }

    /** Catches the failure of its own statement. */
    @RevisionHeader(id = "careless", irreversible = "It is a test.")
    public static final class Careless implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.createTable("one", Column.of("x", ColumnType.integer()));
            op.execute("DROP TABLE nowhere");
            try {
                op.hasTable("one");
            } catch (RuntimeException ignored) {
                op.execute("CREATE TABLE two (x integer)");
            }
        }
    }

    @EachDialect
    void aCaughtFailureStillFailsTheRevision(DatabaseForTests database) {
        Migrator migrator = Migrator.of(database.dataSource(), Scripts.load(List.of(ClassSource.of(Careless.class))));

        assertThat(failureOf(migrator)).hasMessageContaining("DROP TABLE nowhere");
        assertThat(database.tables()).isEmpty();
    }

    /** Throws an exception of its own. */
    @RevisionHeader(id = "broken", irreversible = "It is a test.")
    public static final class Broken implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("CREATE TABLE one (x integer)");
            if (op.hasTable("one")) {
                throw new IllegalStateException("no such customer");
            }
        }
    }

    @EachDialect
    void anExceptionOfTheMigrationIsReportedAndRollsBack(DatabaseForTests database) {
        Migrator migrator = Migrator.of(database.dataSource(), Scripts.load(List.of(ClassSource.of(Broken.class))));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(MigrationCodeException.class)
                .hasMessageStartingWith("Revision broken (")
                .hasMessageContaining("threw IllegalStateException in its upgrade:\n  no such customer\n"
                        + "The revision was rolled back; the version is still base.")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(database.tables()).isEmpty();
    }
}
