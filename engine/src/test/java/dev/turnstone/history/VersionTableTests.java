package dev.turnstone.history;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.VersionRowException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionTableTests {

    private static final String ALEMBIC = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";

    private static final String LONG = "a23456789012345678901234567890123";

    private static String table(String id, String parents) {
        return revision(id, parents, "CREATE TABLE t_" + id + " (x integer);", "DROP TABLE t_" + id + ";");
    }

    @EachDialect
    void usesAnExistingTableOfAlembic(DatabaseForTests database) {
        database.execute(ALEMBIC);
        database.execute("INSERT INTO alembic_version VALUES ('a')");
        Migrator migrator = database.migrator(table("a", ""), table("b", "a")).withVersionTable("alembic_version");

        assertThat(migrator.current()).containsExactly(RevisionId.of("a"));
        migrator.upgrade("head");

        assertThat(database.strings("SELECT version_num FROM alembic_version")).containsExactly("b");
        assertThat(database.tables()).containsExactly("alembic_version", "t_b");
    }

    @EachDialect
    void rejectsAnIdThatIsTooLongForTheTableOfAlembicBeforeAnythingRuns(DatabaseForTests database) {
        database.execute(ALEMBIC);
        // The name is similar, in case the _ is used as a wildcard.
        database.execute("CREATE TABLE alembicXversion (version_num VARCHAR(5))");
        String message = "Revision id '" + LONG + "' has 33 characters, and the column version_num of alembic_version"
                + " allows 32. Nothing was run. Widen that column, or shorten the id.";
        Migrator migrator = database.migrator(table("a", ""), table(LONG, "a")).withVersionTable("alembic_version");

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(RevisionIdTooLongException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> migrator.stamp("head"))
                .isInstanceOf(RevisionIdTooLongException.class)
                .hasMessage(message);
        assertThat(database.tables()).doesNotContain("t_a");
        migrator.upgrade("a");
        assertThat(database.strings("SELECT version_num FROM alembic_version")).containsExactly("a");
    }

    @EachDialect
    void rejectsAnIdThatIsTooLongBeforeTheTableIsCreated(DatabaseForTests database) {
        String id = "a".repeat(256);
        Migrator migrator = Migrator.of(
                database.dataSource(),
                Scripts.of(List.of(new MigrationScript(
                        Revision.of(RevisionId.of(id), List.of(), "long", "long.sql"),
                        op -> op.execute("CREATE TABLE one (x integer)"),
                        dialect -> new Downgrade.Missing(),
                        TransactionMode.PER_REVISION,
                        null,
                        Format.TURNSTONE))));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(RevisionIdTooLongException.class)
                .hasMessageContaining(
                        "has 256 characters, and the column version_num of turnstone_version allows 255.");
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void acceptsEveryIdInAColumnWithoutAWidth(DatabaseForTests database) {
        database.execute("CREATE TABLE alembic_version (version_num text NOT NULL PRIMARY KEY)");
        Migrator migrator = database.migrator(table(LONG, "")).withVersionTable("alembic_version");

        migrator.upgrade("head");

        assertThat(database.strings("SELECT version_num FROM alembic_version")).containsExactly(LONG);
    }

    @Test
    void usesAVersionTableInAnotherSchema() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql();
                DatabaseForTests versions = DatabaseForTests.postgresql()) {
            Migrator migrator = database.migrator(table("a", "")).withVersionTableSchema(versions.schema());

            migrator.upgrade("head");

            assertThat(database.tables()).containsExactly("t_a");
            assertThat(versions.tables()).containsExactly("turnstone_version");
            assertThat(migrator.current()).containsExactly(RevisionId.of("a"));
        }
    }

    @EachDialect
    void reportsAMissingSchemaWithTheMessageOfTheDatabase(DatabaseForTests database) {
        Migrator migrator = database.migrator(table("a", "")).withVersionTableSchema("nowhere");

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("nowhere");
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void quotesNames(DatabaseForTests database) {
        Migrator migrator = database.migrator(table("a", "")).withVersionTable("Our \"Version\"");

        migrator.upgrade("head");

        assertThat(database.strings("SELECT version_num FROM \"Our \"\"Version\"\"\""))
                .containsExactly("a");
    }

    @EachDialect
    void rollsTheRevisionBackIfItsVersionRowIsMissing(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                table("a", ""),
                revision("b", "a", "CREATE TABLE t_b (x integer); DELETE FROM turnstone_version;", "DROP TABLE t_b;"));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(VersionRowException.class)
                .hasMessageStartingWith("The version table turnstone_version was changed by another session: 'UPDATE ")
                .hasMessageEndingWith(" changed 0 rows instead of 1. The revision was rolled back; the version is still"
                        + " a. Check the version with 'current', then repeat.");
        assertThat(database.tables()).containsExactly("t_a", "turnstone_version");
        assertThat(database.versionRows()).containsExactly("a");
    }

    @Test
    void stopsADowngradeIfAnotherSessionChangesTheVersion() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            Migrator migrator = database.migrator(table("a", ""), table("b", "a"), table("c", "b"));
            migrator.upgrade("head");
            Migrator disturbed = migrator.withListener(new StepListener() {
                @Override
                public void finished(Step step) {
                    migrator.stamp("c");
                }
            });

            assertThatThrownBy(() -> disturbed.downgrade("base"))
                    .isInstanceOf(VersionRowException.class)
                    .hasMessage(
                            "The version table turnstone_version was changed by another session: it contained b and now"
                                    + " contains c. The revision was not run. Check the version with 'current', then repeat.");
        }
    }

    @EachDialect
    void reportsTheRevisionOfAFailedWriteOfTheVersion(DatabaseForTests database) {
        Migrator migrator = database.migrator(
                table("a", ""),
                revision("b", "a", "CREATE TABLE t_b (x integer); DROP TABLE turnstone_version;", "DROP TABLE t_b;"));

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Could not write the version of revision b to turnstone_version:\n  ")
                .hasMessageEndingWith("\nThe revision was rolled back; the version is still a."
                        + " Check the version with 'current', then repeat.");
        assertThat(database.tables()).containsExactly("t_a", "turnstone_version");
    }
}
