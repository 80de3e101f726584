package dev.turnstone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.dialect.InvalidDatabaseUrlException;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSettingsTests {

    private static final String URL = "postgresql://app:S3cret@localhost:6543/shop";

    private static DatabaseSettings settings(Map<String, String> properties, Map<String, String> environment) {
        return DatabaseSettings.of(properties::get, environment);
    }

    @Test
    void withoutAnySettingAnEmbeddedServerIsUsed() {
        DatabaseSettings settings = settings(Map.of("turnstone.postgres.url", " "), Map.of("DATABASE_URL", ""));
        assertThat(settings)
                .isEqualTo(new DatabaseSettings(
                        PostgresSource.AUTO,
                        null,
                        false,
                        Keep.NEVER,
                        Path.of(System.getProperty("java.io.tmpdir"), "turnstone-" + System.getProperty("user.name")),
                        List.of()));
    }

    @Test
    void theSettingWinsOverTheEnvironment() {
        DatabaseSettings settings =
                settings(Map.of("turnstone.postgres.url", URL), Map.of("DATABASE_URL", "postgresql://elsewhere/shop"));
        assertThat(settings.postgres()).isNotNull().satisfies(server -> {
            assertThat(server.origin()).isEqualTo("turnstone.postgres.url");
            assertThat(server.url().location()).isEqualTo("localhost:6543/shop");
        });
        assertThat(settings.toString()).doesNotContain("S3cret");
    }

    @Test
    void theEnvironmentNamesAServerOtherwise() {
        DatabaseSettings settings = settings(Map.of(), Map.of("DATABASE_URL", URL));
        assertThat(settings.postgres()).isNotNull().satisfies(server -> assertThat(server.origin())
                .isEqualTo("DATABASE_URL"));
        assertThat(settings(Map.of("turnstone.postgres.source", "embedded"), Map.of("DATABASE_URL", URL))
                        .postgres())
                .isNull();
    }

    @Test
    void aDatabaseUrlOfSqliteIsIgnoredAndSaidAndItsFileNeverMade(@TempDir Path temp) {
        Path file = temp.resolve("local.db");
        DatabaseSettings settings = settings(
                Map.of("turnstone.directory", temp.resolve("own").toString()),
                Map.of("DATABASE_URL", "sqlite:///" + file));
        assertThat(settings.postgres()).isNull();
        assertThat(settings.notes())
                .containsExactly(
                        "DATABASE_URL is not used: it names a database of sqlite, and tests only use a PostgreSQL"
                                + " server from it. It is not opened.");
        try (TestDatabases databases = TestDatabases.with(settings);
                TestDatabase database = databases.create(SqliteDialect.INSTANCE, Isolation.DATABASE)) {
            assertThat(database.describe()).contains(temp.getFileName().toString());
            assertThat(databases.notes()).isEqualTo(settings.notes());
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aDatabaseUrlOfAnotherKindIsIgnoredWithoutItsPassword() {
        assertThat(settings(Map.of(), Map.of("DATABASE_URL", "mysql://app:S3cret@db/shop"))
                        .notes())
                .singleElement()
                .asString()
                .contains("names no PostgreSQL server")
                .doesNotContain("S3cret");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    turnstone.postgres.source   | dokcer | Allowed values: auto, url, docker, embedded
                    turnstone.postgres.source   | url    | no URL of a PostgreSQL server is given
                    turnstone.postgres.required | yes    | Allowed values: true, false
                    turnstone.sqlite.journal    | wall   | Allowed values: delete, truncate, persist, wal
                    turnstone.sqlite.foreign-keys | no   | Allowed values: true, false
                    turnstone.keep              | always | Allowed values: never, failed
                    turnstone.postgres.url      | sqlite:///a.db | names a database of sqlite, which is not a PostgreSQL server
                    """)
    void aValueThatIsNotAllowedIsRefused(String setting, String value, String problem) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(Map.of(setting, value), Map.of()))
                .withMessageStartingWith(setting)
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.setting()).isEqualTo(setting));
    }

    @Test
    void demandingAUrlSaysWhyTheOneGivenDoesNotCount() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings(
                        Map.of("turnstone.postgres.source", "url"), Map.of("DATABASE_URL", "sqlite:///local.db")))
                .withMessageContaining("DATABASE_URL is not used: it names a database of sqlite");
    }

    @Test
    void aMalformedUrlOfPostgresqlIsAnError() {
        assertThatExceptionOfType(InvalidDatabaseUrlException.class)
                .isThrownBy(() -> settings(Map.of(), Map.of("DATABASE_URL", "postgres://app:S3cret@db:x/shop")));
    }

    @Test
    void aServerThatIsNotThereIsAnErrorAndNotReplaced(@TempDir Path temp) throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        DatabaseSettings settings = settings(
                Map.of("turnstone.directory", temp.toString()),
                Map.of("DATABASE_URL", "postgresql://app:S3cret@localhost:" + unused + "/shop"));
        try (TestDatabases databases = TestDatabases.with(settings)) {
            assertThatExceptionOfType(DatabaseUnreachableException.class)
                    .isThrownBy(() -> databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA))
                    .withMessageStartingWith("Cannot connect to postgresql://app@localhost:" + unused + "/shop")
                    .withMessageContaining("DATABASE_URL")
                    .withMessageContaining("refused")
                    .withMessageContaining("turnstone.postgres.source=embedded")
                    .satisfies(e -> {
                        assertThat(e.location()).isEqualTo("localhost:" + unused + "/shop");
                        assertThat(e.getMessage()).doesNotContain("S3cret");
                    });
        }
    }

    @Test
    void changesToTheClusterAreNotAllowedUnlessASettingAllowsThem() {
        assertThat(settings(Map.of(), Map.of()).clusterChangesAllowed()).isFalse();
        assertThat(settings(Map.of("turnstone.allow-cluster-changes", "true"), Map.of())
                        .clusterChangesAllowed())
                .isTrue();
        assertThat(DatabaseSettings.names()).contains("turnstone.allow-cluster-changes");
    }
}
