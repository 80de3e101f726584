package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.ServerForTests;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCopiesTests {

    private static final Map<String, Duration> ALWAYS = Map.of("postgresql", Duration.ZERO, "sqlite", Duration.ZERO);

    private final Path directory;

    HistoryCopiesTests(@TempDir Path directory) throws Exception {
        this.directory = directory;
        LongHistory.write(directory, 12);
    }

    private MigrationTestSettings settings() {
        Declaration said = Declaration.byDefault()
                .withLocations(List.of(directory.toString()))
                .withTool(() -> (locations, classes) ->
                        new BundledEngine(Scripts.load(List.of(RevisionSources.parse(directory.toString(), classes)))));
        return new DeclarationReader(HistoryCopiesTests.class, said, "", null, PolicySettings.USUAL).read();
    }

    /** Its id is ab0000000013. */
    private void addLast(String upgrade) throws IOException {
        Files.writeString(directory.resolve("20260102_0900_ab0000000013_last.sql"), """
                -- revision: ab0000000013
                -- parents: ab0000000012
                -- message: last

                -- upgrade
                %s;

                -- downgrade
                SELECT 1;
                """.formatted(upgrade));
    }

    private static TestDatabases databases(String url) {
        Map<String, String> set =
                Map.of("turnstone.postgres.url", url, "turnstone.directory", Launch.DIRECTORY.toString());
        return TestDatabases.with(DatabaseSettings.of(set::get, Map.of()));
    }

    private static List<String> names(TestDatabases databases, MigrationTestSettings settings, String dialect)
            throws SQLException {
        HistoryCopies copies = new HistoryCopies(databases, ALWAYS);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (TestDatabase database = copies.at("ab0000000011", settings, Dialects.named(dialect));
                    Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                MigratedDatabase migrated = new MigratedDatabase(database, settings.tool());
                assertThat(migrated.migrator().current()).hasToString("[ab0000000011]");
                assertThat(migrated.snapshot().schema().tables().size()).isEqualTo(3);
                try (var rows = statement.executeQuery("SELECT count(*) FROM t1")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(2);
                }
                statement.execute("DELETE FROM t1");
                names.add(database.describe());
            }
        }
        assertThat(names).doesNotHaveDuplicates();
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void theSecondOneOnIsACopyThatNobodyElseSees(String dialect) throws SQLException {
        try (TestDatabases databases = databases(ServerForTests.url())) {
            List<String> names = names(databases, settings(), dialect);
            if (dialect.equals("postgresql")) {
                assertThat(names.get(0)).startsWith("schema ");
                assertThat(names.subList(1, 3)).allMatch(name -> name.startsWith("database "));
            }
        }
    }

    @Test
    void noSettingOfTheMigrationsIsLeftInTheConnectionThatATestGets() throws Exception {
        addLast("SET statement_timeout = '77s'; CREATE TEMP TABLE scratch (id int)");
        try (TestDatabases databases = databases(ServerForTests.url());
                TestDatabase database =
                        new HistoryCopies(databases).at("ab0000000013", settings(), Dialects.named("postgresql"));
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT current_setting('statement_timeout'), to_regclass('scratch')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("0");
            assertThat(row.getString(2)).isNull();
        }
    }

    @Test
    void whatIsSetForTheDatabaseIsNotLostInACopy() throws Exception {
        addLast("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 3072', current_database()); END $$");
        try (TestDatabases databases = databases(ServerForTests.url())) {
            HistoryCopies copies = new HistoryCopies(databases, ALWAYS);
            for (int i = 0; i < 3; i++) {
                try (TestDatabase database = copies.at("ab0000000013", settings(), Dialects.named("postgresql"));
                        Connection connection = database.dataSource().getConnection();
                        Statement statement = connection.createStatement();
                        var row = statement.executeQuery("SHOW work_mem")) {
                    row.next();
                    assertThat(row.getString(1)).as("database %d", i).isEqualTo("3MB");
                }
            }
        }
    }

    @Test
    void whoMayNotMakeDatabasesGetsSchemas() throws SQLException {
        try (ModestRole role = ModestRole.create("copies");
                TestDatabases databases = databases(role.url())) {
            assertThat(names(databases, settings(), "postgresql")).allMatch(name -> name.startsWith("schema "));
        }
    }
}
