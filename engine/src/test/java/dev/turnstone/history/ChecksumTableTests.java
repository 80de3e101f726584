package dev.turnstone.history;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.Migrator;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import dev.turnstone.testing.StatementLog;
import java.util.List;

class ChecksumTableTests {

    private static final String A = revision("a", "", "CREATE TABLE t_a (x integer);", "DROP TABLE t_a;");
    private static final String B = revision("b", "a", "CREATE TABLE t_b (x integer);", "DROP TABLE t_b;");

    private static List<String> storedRevisions(DatabaseForTests database) {
        return database.strings("SELECT revision FROM turnstone_version_checksum ORDER BY 1");
    }

    private static List<String> edited(Migrator migrator) {
        return migrator.edited().stream()
                .map(each -> each.revision().id().value())
                .toList();
    }

    @EachDialect
    void reportsAnEditedFileButNotAChangedLineEnding(DatabaseForTests database) {
        database.migrator(A, B).upgrade("head");

        assertThat(edited(database.migrator(A, B))).isEmpty();
        assertThat(edited(database.migrator(A.replace("\n", "\r\n"), B))).isEmpty();

        List<EditedRevision> edited =
                database.migrator(A, B.replace("x integer", "x bigint")).edited();
        assertThat(edited).singleElement().satisfies(each -> {
            assertThat(each.revision().id().value()).isEqualTo("b");
            assertThat(each.appliedAt()).isNotNull();
            assertThat(each.recorded()).hasSize(64).isNotEqualTo(each.present());
        });
    }

    @EachDialect
    void stepsAndStampsUpdateTheTable(DatabaseForTests database) {
        Migrator migrator = database.migrator(A, B);

        migrator.upgrade("head");
        assertThat(storedRevisions(database)).containsExactly("a", "b");
        migrator.downgrade("-1");
        assertThat(storedRevisions(database)).containsExactly("a");
        migrator.stamp("b");
        assertThat(storedRevisions(database)).containsExactly("a", "b");
        migrator.stamp("base");
        assertThat(storedRevisions(database)).isEmpty();
        migrator.stamp("b");
        assertThat(storedRevisions(database)).containsExactly("a", "b");
        migrator.purgeAndStamp("a");
        assertThat(storedRevisions(database)).containsExactly("a");
    }

    @EachDialect
    void purgeStoresTheChecksumsOfTheCurrentFiles(DatabaseForTests database) {
        database.migrator(A, B).upgrade("head");
        Migrator later = database.migrator(A.replace("integer", "bigint"), B);

        assertThat(edited(later)).containsExactly("a");
        later.purgeAndStamp("b");
        assertThat(edited(later)).isEmpty();
    }

    @EachDialect
    void aFailedStepLeavesNoChecksum(DatabaseForTests database) {
        String broken = revision("b", "a", "CREATE TABLE t_b (x integer); SELECT * FROM nowhere;", "");

        assertThatExceptionOfType(StatementFailedException.class)
                .isThrownBy(() -> database.migrator(A, broken).upgrade("head"));

        assertThat(storedRevisions(database)).containsExactly("a");
    }

    @EachDialect
    void isWrittenInTheSameMessageAsTheVersionRowOnPostgresql(DatabaseForTests database) {
        StatementLog log = new StatementLog();
        Migrator migrator = database.migrator(
                log.around(database.dataSource()),
                revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"),
                revision("b", "a", "INSERT INTO one VALUES (1);", "DELETE FROM one;"));
        migrator.upgrade("a");
        log.clear();

        migrator.upgrade("b");

        assertThat(log.statements())
                .filteredOn(sql -> sql.contains("version_num = 'b'") || sql.contains("_checksum\" (revision"))
                .hasSize(database.isPostgresql() ? 1 : 2);
    }

    @EachDialect
    void isNotCreatedBesideAnExistingVersionTable(DatabaseForTests database) {
        database.execute("CREATE TABLE versions_of_another (version_num VARCHAR(32) NOT NULL)");
        Migrator migrator =
                database.migrator(A, B).withVersionTable("versions_of_another").allowNonEmpty();

        migrator.upgrade("b");
        migrator.stamp("a");
        migrator.stamp("b");
        migrator.downgrade("base");
        migrator.ensureVersionTable();

        assertThat(migrator.edited()).isEmpty();
        assertThat(database.allTables()).containsExactly("versions_of_another");
    }

    @EachDialect
    void isNotCreatedBesideAnAlembicTableThatTurnstoneCreates(DatabaseForTests database) {
        database.migrator(A).withVersionTable("alembic_version").upgrade("head");

        assertThat(database.allTables()).containsExactly("alembic_version", "t_a");
    }
}
