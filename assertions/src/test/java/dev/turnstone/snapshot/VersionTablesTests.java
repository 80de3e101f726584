package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.Migrator;
import dev.turnstone.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots do not contain the version table, whatever its name. */
class VersionTablesTests {

    @ParameterizedTest
    @CsvSource({
        "sqlite, turnstone_version",
        "sqlite, alembic_version",
        "sqlite, my versions",
        "postgresql, turnstone_version",
        "postgresql, alembic_version",
        "postgresql, my versions"
    })
    void excludesTheVersionTableAndTheChecksumTable(String dialect, String name, @TempDir Path folder)
            throws SQLException, IOException {
        Files.writeString(
                folder.resolve("a1.sql"),
                "-- revision: a1\n\n-- upgrade\nCREATE TABLE t (a integer);\n\n-- downgrade\nDROP TABLE t;\n");
        try (ScratchDatabase database = ScratchDatabase.of(dialect, "")) {
            SchemaSnapshot empty = database.snapshot();
            Migrator migrator =
                    Migrator.of(database.dataSource(), folder.toString()).withVersionTable(name);

            migrator.upgrade("head");
            SchemaSnapshot up = database.snapshot();
            migrator.downgrade("base");

            assertThat(up.schema().tables()).extracting(Table::name).containsExactly("t");
            assertThat(empty.differencesTo(database.snapshot()).differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void includesATableWithAnotherLayout(String dialect) throws SQLException {
        try (ScratchDatabase database = ScratchDatabase.of(
                dialect,
                "CREATE TABLE schema_version (version_num integer, note text);"
                        + "CREATE TABLE numbers (version_num varchar(32) PRIMARY KEY);"
                        + "CREATE TABLE numbers_checksum (revision varchar(32), checksum text, applied_at text)")) {
            assertThat(database.snapshot().schema().tables())
                    .extracting(Table::name)
                    .containsExactlyInAnyOrder("schema_version", "numbers", "numbers_checksum");
        }
    }
}
