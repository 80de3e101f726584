package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTests {

    private final Path temp;

    SqliteFileTests(@TempDir Path temp) {
        this.temp = temp;
    }

    private TestDatabases databases() {
        return TestDatabases.with(TestSettings.of(
                Map.of("turnstone.directory", temp.resolve("own").toString())));
    }

    private static TestDatabase file(TestDatabases databases) {
        return databases.create(SqliteDialect.INSTANCE, Isolation.SCHEMA);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(temp)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void eachDatabaseIsAFileOfItsOwn() throws SQLException {
        try (TestDatabases databases = databases();
                TestDatabase one = file(databases);
                TestDatabase two = file(databases)) {
            execute(one.dataSource(), "CREATE TABLE item (id int)");
            assertThat(query(two.dataSource(), "SELECT count(*) FROM sqlite_schema"))
                    .containsExactly("0");
            assertThat(query(one.dataSource(), "SELECT count(*) FROM sqlite_schema"))
                    .containsExactly("1");
            assertThat(one.scope()).isEqualTo(Scope.schema("main"));
            assertThat(one.server()).matches("SQLite [0-9.]+, a file for each test");
            assertThat(databases.server(SqliteDialect.INSTANCE)).isEqualTo(one.server());
            assertThat(one.describe()).startsWith("SQLite file ").endsWith(".db");
        }
    }

    @Test
    void eachConnectionEnforcesForeignKeysAndWaitsForLocks() throws SQLException {
        try (TestDatabases databases = databases();
                TestDatabase database = file(databases);
                Connection one = database.dataSource().getConnection();
                Connection two = database.dataSource().getConnection()) {
            for (Connection connection : List.of(one, two)) {
                assertThat(query(connection, "PRAGMA foreign_keys")).containsExactly("1");
                assertThat(query(connection, "PRAGMA busy_timeout")).containsExactly("10000");
            }
            execute(one, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (a int REFERENCES a)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(two, "INSERT INTO b VALUES (1)"))
                    .withMessageContaining("FOREIGN KEY");
        }
    }

    @Test
    void journalAndForeignKeysAreAsTheSettingsHaveThem() throws SQLException {
        try (TestDatabases databases = TestDatabases.with(TestSettings.of(Map.of(
                        "turnstone.directory",
                        temp.resolve("own").toString(),
                        "turnstone.sqlite.journal",
                        "wal",
                        "turnstone.sqlite.foreign-keys",
                        "false")));
                TestDatabase database = file(databases)) {
            assertThat(query(database.dataSource(), "PRAGMA journal_mode")).containsExactly("wal");
            assertThat(query(database.dataSource(), "PRAGMA foreign_keys")).containsExactly("0");
            execute(database.dataSource(), "CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
            try (TestDatabase copy = databases.copy(database)) {
                assertThat(query(copy.dataSource(), "SELECT id FROM item")).containsExactly("1");
            }
        }
        try (TestDatabases databases = databases();
                TestDatabase database = file(databases)) {
            assertThat(query(database.dataSource(), "PRAGMA journal_mode")).containsExactly("delete");
        }
    }

    @Test
    void closingDeletesTheFileAndItsSideFiles() throws SQLException, IOException {
        try (TestDatabases databases = databases()) {
            TestDatabase database = file(databases);
            try (Connection connection = database.dataSource().getConnection()) {
                execute(connection, "PRAGMA journal_mode=wal", "CREATE TABLE item (id int)");
                assertThat(files()).anyMatch(file -> file.toString().endsWith("-wal"));
            }
            Files.writeString(Path.of(database.describe().replace("SQLite file ", "") + "-journal"), "");
            database.close();
            database.close();
            assertThat(files()).noneMatch(file -> file.toString().contains(".db"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void onlyTheOwnerCanReadWhatIsMade() throws IOException {
        try (TestDatabases databases = databases();
                TestDatabase database = file(databases)) {
            assertThat(database.scope().schema()).isEqualTo("main");
            assertThat(Files.getFileStore(temp).supportsFileAttributeView("posix"))
                    .isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("own"))))
                    .isEqualTo("rwx------");
            assertThat(files())
                    .filteredOn(file -> file.toString().endsWith(".owner"))
                    .singleElement()
                    .satisfies(owner -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(owner)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void nothingIsMadeAfterClosing() {
        TestDatabases databases = databases();
        databases.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> file(databases))
                .withMessageContaining("closed");
        databases.close();
    }
}
