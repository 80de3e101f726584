package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class GolangMigrateRunTests {

    private static Migrator migrator(DatabaseForTests database, String... namesAndTexts) throws IOException {
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Files.writeString(database.folder().resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
        }
        return Migrator.of(database.dataSource(), Scripts.load(List.of(GolangMigrateSource.of(database.folder()))));
    }

    @EachDialect
    void runsAFileInOneTransaction(DatabaseForTests database) throws IOException {
        Migrator migrator = migrator(database, "1_a.up.sql", "CREATE TABLE one (x integer);\nDROP TABLE nowhere;");

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("at 1_a.up.sql:2:1:");
        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void runsAFileWithItsOwnTransactionAsWritten(DatabaseForTests database) throws IOException {
        Migrator migrator = migrator(
                database,
                "1_a.up.sql",
                "BEGIN;\nCREATE TABLE one (x integer);\nCREATE TABLE two (x integer);\nCOMMIT;\n",
                "1_a.down.sql",
                "BEGIN; DROP TABLE one; DROP TABLE two; COMMIT;");

        migrator.upgrade("head");
        assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
        assertThat(database.versionRows()).containsExactly("1");
        migrator.downgrade("base");
        assertThat(database.tables()).containsExactly("turnstone_version");
        assertThat(database.versionRows()).isEmpty();
    }

    @EachDialect
    void aFailureInItsOwnTransactionIsRolledBack(DatabaseForTests database) throws IOException {
        Migrator migrator = migrator(
                database, "1_a.up.sql", "BEGIN;\nCREATE TABLE one (x integer);\nDROP TABLE nowhere;\nCOMMIT;\n");

        assertThatThrownBy(() -> migrator.upgrade("head"))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("at 1_a.up.sql:3:1:")
                .hasMessageContaining("This run of the revision changed nothing. The version is still base.");
        assertThat(database.tables()).doesNotContain("one");
        assertThat(migrator.current()).isEmpty();
    }

    @Test
    void createsAnIndexConcurrently() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            migrator(
                            database,
                            "1_a.up.sql",
                            "CREATE TABLE one (x integer);",
                            "2_b.up.sql",
                            "CREATE INDEX CONCURRENTLY i ON one (x);")
                    .upgrade("head");

            assertThat(database.indexes()).containsExactly("i");
        }
    }

    @EachDialect
    void aMissingDownFileMovesTheVersionOnly(DatabaseForTests database) throws IOException {
        Migrator migrator = migrator(database, "1_a.up.sql", "CREATE TABLE one (x integer);");
        migrator.upgrade("head");

        migrator.downgrade("base");

        assertThat(database.versionRows()).isEmpty();
        assertThat(database.tables()).contains("one");
    }
}
