package dev.turnstone;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.IrreversibleRevisionException;
import dev.turnstone.execution.MissingDowngradeException;
import dev.turnstone.execution.NonEmptySchemaException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.MultipleHeadsException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.UnknownRevisionException;
import dev.turnstone.revision.UnknownVersionException;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.SingleConnection;
import dev.turnstone.testing.StatementLog;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MigratorTests {

    private static String table(String id, String parents) {
        return revision(id, parents, "CREATE TABLE t_" + id + " (x integer);", "DROP TABLE t_" + id + ";");
    }

    /** Revision a is the parent of b1 and b2, which c merges; d follows c. */
    private static Migrator diamond(DatabaseForTests database) {
        return database.migrator(
                table("a", ""), table("b1", "a"), table("b2", "a"), table("c", "b1, b2"), table("d", "c"));
    }

    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(step -> step.revision().id().value()).toList();
    }

    @EachDialect
    void versionRowsAreRightAfterEveryStepUpAndDown(DatabaseForTests database) {
        List<List<String>> rows = new ArrayList<>();
        Migrator migrator = diamond(database).withListener(new StepListener() {
            @Override
            public void finished(Step step) {
                rows.add(database.versionRows());
            }
        });

        assertThat(ids(migrator.upgrade("head"))).containsExactly("a", "b1", "b2", "c", "d");
        assertThat(rows).containsExactly(List.of("a"), List.of("b1"), List.of("b1", "b2"), List.of("c"), List.of("d"));
        rows.clear();
        assertThat(ids(migrator.downgrade("base"))).containsExactly("d", "c", "b2", "b1", "a");
        assertThat(rows).containsExactly(List.of("c"), List.of("b1", "b2"), List.of("b1"), List.of("a"), List.of());
        assertThat(database.tables()).containsExactly("turnstone_version");
    }

    @EachDialect
    void acceptsIdsStepsAndSymbolsAsTargets(DatabaseForTests database) {
        Migrator migrator = database.migrator(table("a", ""), table("b", "a"), table("c", "b"));

        assertThat(ids(migrator.upgrade("+1"))).containsExactly("a");
        assertThat(ids(migrator.upgrade("b"))).containsExactly("b");
        assertThat(ids(migrator.upgrade("heads"))).containsExactly("c");
        assertThat(migrator.upgrade("head")).isEmpty();
        assertThat(ids(migrator.downgrade("-1"))).containsExactly("c");
        assertThat(ids(migrator.downgrade("a"))).containsExactly("b");
        assertThat(migrator.current()).containsExactly(RevisionId.of("a"));
        assertThat(migrator.stamp("c")).containsExactly(RevisionId.of("c"));
        assertThat(migrator.current()).containsExactly(RevisionId.of("c"));
        assertThat(database.tables()).containsExactly("t_a", "turnstone_version");
        assertThat(migrator.stamp("base")).isEmpty();
        assertThat(migrator.history()).extracting(r -> r.id().value()).containsExactly("c", "b", "a");
        assertThat(migrator.heads()).containsExactly(RevisionId.of("c"));
    }

    @EachDialect
    void currentCreatesNoVersionTable(DatabaseForTests database) {
        assertThat(diamond(database).current()).isEmpty();
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void stampWritesSeveralRowsForSeveralHeads(DatabaseForTests database) {
        Migrator migrator = diamond(database);

        assertThat(migrator.stamp("b1", "b2")).containsExactly(RevisionId.of("b1"), RevisionId.of("b2"));
        assertThat(database.versionRows()).containsExactly("b1", "b2");
        assertThat(database.tables()).containsExactly("turnstone_version");
    }

    @EachDialect
    void rejectsTheTargetHeadIfThereAreTwoHeads(DatabaseForTests database) {
        Migrator migrator = database.migrator(table("a", ""), table("b1", "a"), table("b2", "a"));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(MultipleHeadsException.class)
                .hasMessageContaining("there are 2 heads");
        assertThat(database.tables()).isEmpty();
        migrator.upgrade("heads");
        assertThat(database.versionRows()).containsExactly("b1", "b2");
    }

    @EachDialect
    void runsNothingForAnUnknownTarget(DatabaseForTests database) {
        assertThatThrownBy(() -> diamond(database).upgrade("zzz")).isInstanceOf(UnknownRevisionException.class);
        assertThatThrownBy(() -> diamond(database).stamp("zzz")).isInstanceOf(UnknownRevisionException.class);
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void rejectsAVersionRowThatNoFileDefinesAndKeepsIt(DatabaseForTests database) {
        database.migrator(table("elsewhere", "")).upgrade("head");
        Migrator migrator = diamond(database);

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("elsewhere");
        assertThatThrownBy(() -> migrator.downgrade("base")).isInstanceOf(UnknownVersionException.class);
        assertThat(migrator.current()).containsExactly(RevisionId.of("elsewhere"));
        assertThat(database.tables()).containsExactly("t_elsewhere", "turnstone_version");
        assertThat(database.versionRows()).containsExactly("elsewhere");
    }

    @EachDialect
    void keepMovesTheVersionAndChangesNothing(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                table("a", ""),
                revision("b", "a", "CREATE TABLE IF NOT EXISTS kept (x integer);\n-- keep: it holds bills", ""));
        migrator.upgrade("head");

        assertThat(ids(migrator.downgrade("a"))).containsExactly("b");
        assertThat(database.versionRows()).containsExactly("a");
        assertThat(database.tables()).containsExactly("kept", "t_a", "turnstone_version");
        assertThat(ids(migrator.upgrade("head"))).containsExactly("b");
    }

    @EachDialect
    void rejectsTheDowngradeOfAnIrreversibleRevisionBeforeAnythingRuns(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                table("a", ""),
                revision("b", "a", "CREATE TABLE b (x integer);\n-- irreversible: The bills are gone.", ""),
                table("c", "b"));
        migrator.upgrade("head");

        assertThatThrownBy(() -> migrator.downgrade("a"))
                .isInstanceOf(IrreversibleRevisionException.class)
                .hasMessage("Revision b (20240101_1200_b_test.sql) is irreversible: The bills are gone."
                        + " Nothing was run. Choose a target at or above it, or restore a backup.");
        assertThat(database.versionRows()).containsExactly("c");
        assertThat(database.tables()).contains("t_c");
    }

    @EachDialect
    void rejectsAMissingDowngradeBeforeAnythingRuns(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                table("a", ""), revision("b", "a", "CREATE TABLE b (x integer);", ""), table("c", "b"));
        migrator.upgrade("head");

        assertThatThrownBy(() -> migrator.downgrade("a"))
                .isInstanceOf(MissingDowngradeException.class)
                .hasMessage("Revision b (20240101_1200_b_test.sql) has no downgrade for " + database.title()
                        + ". Nothing was run. Write one, or declare why there is none: '-- keep: REASON' if the version"
                        + " may be downgraded without a change, '-- irreversible: REASON' if it may not (keep or irreversible of"
                        + " @RevisionHeader).");
        assertThat(database.versionRows()).containsExactly("c");
        assertThat(database.tables()).contains("t_c");
    }

    @EachDialect
    void addsAFullStopToAReasonWithoutOne(DatabaseForTests database) {
        Migrator migrator =
                database.migrator(revision("a", "", "CREATE TABLE t (x integer);\n-- irreversible: rows are gone", ""));
        migrator.upgrade("head");

        assertThatThrownBy(() -> migrator.downgrade("base")).hasMessageContaining("rows are gone. Nothing was run.");
    }

    @EachDialect
    void namesTheVersionTableOfAlembicInTheMessageAboutANonEmptySchema(DatabaseForTests database) {
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)");
        Migrator migrator = database.migrator(table("a", ""));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(NonEmptySchemaException.class)
                .hasMessageContaining("Nothing was run. To continue from Alembic's version, name its version table"
                        + " (withVersionTable(\"alembic_version\"), --version-table alembic_version). If it");
        assertThat(migrator.withVersionTable("alembic_version").upgrade("head")).hasSize(1);
    }

    @EachDialect
    void rejectsANonEmptySchemaWithoutAVersionTable(DatabaseForTests database) {
        database.execute("CREATE TABLE bills (x integer)");
        Migrator migrator = database.migrator(table("a", ""));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(NonEmptySchemaException.class)
                .hasMessage("Schema " + database.schema() + " contains 1 object (table bills) but no version table"
                        + " turnstone_version, so these migrations did not create it. Nothing was run. If it has the"
                        + " schema of a revision, 'stamp' that revision. To start the history in this schema anyway,"
                        + " allow it (allowNonEmpty(), --allow-non-empty).");
        assertThat(database.tables()).containsExactly("bills");

        migrator.allowNonEmpty().upgrade("head");
        assertThat(database.tables()).containsExactly("bills", "t_a", "turnstone_version");
    }

    @EachDialect
    void upgradesAStampedDatabaseThatAnotherToolCreated(DatabaseForTests database) {
        database.execute("CREATE TABLE t_a (x integer)");
        Migrator migrator = database.migrator(table("a", ""), table("b", "a"));

        migrator.stamp("a");

        assertThat(ids(migrator.upgrade("head"))).containsExactly("b");
    }

    @EachDialect
    void anUpToDateUpgradeNeedsThreeStatementsAndWritesNothing(DatabaseForTests database) {
        String[] files = new String[1_000];
        for (int i = 0; i < files.length; i++) {
            files[i] = revision("r" + i, i == 0 ? "" : "r" + (i - 1), "SELECT 1;", "SELECT 1;");
        }
        StatementLog log = new StatementLog();
        Migrator migrator = database.migrator(log.around(database.dataSource()), files);
        migrator.stamp("head");
        log.clear();

        assertThat(migrator.upgrade("head")).isEmpty();

        assertThat(log.statements()).hasSizeBetween(1, 3).allSatisfy(sql -> assertThat(sql.strip())
                .startsWith("SELECT"));
    }

    @EachDialect
    void restoresTheAutoCommitModeOfTheConnection(DatabaseForTests database) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Migrator migrator = database.migrator(
                    new SingleConnection(connection), table("a", ""), revision("b", "a", "SELECT broken;", ""));

            migrator.upgrade("a");
            assertThat(connection.getAutoCommit()).isFalse();
            assertThatThrownBy(() -> migrator.upgrade("b")).hasMessageContaining("broken");
            assertThat(connection.getAutoCommit()).isFalse();
        }
        assertThat(database.versionRows()).containsExactly("a");
    }

    @Test
    void reportsAnUnreachableDatabase() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            Migrator migrator = database.migrator(
                    DatabaseForTests.dataSource("jdbc:postgresql://localhost:1/none"), table("a", ""));

            assertThatThrownBy(() -> migrator.upgrade("head"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageStartingWith("Could not connect to the database:\n  ")
                    .hasMessageContaining("localhost:1")
                    .hasMessageEndingWith(
                            "\nNothing was run. Check the address, the user, and that the server is running.");
        }
    }

    @EachDialect
    void notifiesTheListenerInTheOrderOfTheSteps(DatabaseForTests database) {
        List<String> events = new ArrayList<>();
        Migrator migrator = database.migrator(table("a", ""), revision("b", "a", "SELECT broken;", ""))
                .withListener(new StepListener() {
                    @Override
                    public void started(Step step) {
                        events.add("started " + step.revision().id());
                    }

                    @Override
                    public void ran(Step step, List<SqlStatement> statements) {
                        statements.forEach(s -> events.add(s.text()));
                    }

                    @Override
                    public void finished(Step step) {
                        events.add("finished " + step.revision().id());
                    }
                });

        assertThatThrownBy(() -> migrator.upgrade("head")).hasMessageContaining("broken");

        assertThat(events).containsExactly("started a", "CREATE TABLE t_a (x integer)", "finished a", "started b");
        assertThat(Set.copyOf(events)).hasSameSizeAs(events);
    }
}
