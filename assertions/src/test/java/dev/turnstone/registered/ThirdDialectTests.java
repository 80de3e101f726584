package dev.turnstone.registered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.UnsupportedDatabaseException;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dialect that only the class path of these tests registers. */
class ThirdDialectTests {

    private static final String HISTORY = """
            -- revision: aa0000000001
            -- message: creates a table

            -- upgrade sqlite
            CREATE TABLE of_sqlite (x integer);

            -- upgrade testlite
            -- unless table of_testlite
            CREATE TABLE of_testlite (x integer);
            -- end

            -- downgrade sqlite
            DROP TABLE of_sqlite;

            -- downgrade testlite
            DROP TABLE of_testlite;
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void a_dialect_of_the_class_path_is_registered() throws SQLException {
        assertThat(Dialects.names()).containsExactlyInAnyOrder("sqlite", "postgresql", "testlite");
        assertThat(Dialects.named("testlite"))
                .isInstanceOf(TestliteDialect.class)
                .isNotEqualTo(SqliteDialect.INSTANCE);
        assertThat(Dialects.named("sqlite")).isEqualTo(SqliteDialect.INSTANCE);
        try (Connection connection = dataSource().getConnection();
                Connection sqlite = DriverManager.getConnection("jdbc:sqlite:")) {
            assertThat(Dialects.of(connection).name()).isEqualTo("testlite");
            assertThat(Dialects.of(sqlite).name()).isEqualTo("sqlite");
        }
    }

    @Test
    void a_history_runs_with_the_sections_of_the_dialect() throws IOException, SQLException {
        Migrator migrator = Migrator.of(dataSource(), migrations(HISTORY));

        migrator.upgrade("head");
        assertThat(tables()).contains("of_testlite").doesNotContain("of_sqlite");
        assertThat(SchemaSnapshot.of(dataSource()).dialect()).isEqualTo("testlite");

        migrator.downgrade("base");
        assertThat(tables()).doesNotContain("of_testlite");
    }

    @Test
    void a_url_can_have_the_scheme_of_the_dialect() {
        DatabaseUrl url = DatabaseUrl.parse("testlite:///shop.db");
        assertThat(url.dialect()).isEqualTo("testlite");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:testlite:shop.db");
    }

    @Test
    void an_unknown_name_is_rejected_with_the_registered_names() {
        List<String> names = Dialects.names();
        String registered = names.get(0) + ", " + names.get(1) + " or " + names.get(2);
        assertThatThrownBy(() -> Dialects.named("oracle"))
                .isInstanceOf(UnsupportedDatabaseException.class)
                .hasMessageContaining("'oracle'")
                .hasMessageContaining(registered);
        assertThatThrownBy(() -> Migrator.of(dataSource(), migrations(HISTORY.replace("testlite", "oracle")))
                        .upgrade("head"))
                .isInstanceOf(MalformedSectionException.class)
                .hasMessageContaining("'-- upgrade oracle'")
                .hasMessageContaining(registered);
    }

    private String migrations(String history) throws IOException {
        Path migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("aa0000000001_creates.sql"), history);
        return migrations.toUri().toString();
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            Dialect dialect = Dialects.of(connection);
            return dialect.read(connection, dialect.currentScope(connection)).tables().stream()
                    .map(table -> table.name())
                    .toList();
        }
    }

    /** Connections to one SQLite file whose metadata report another product. */
    private DataSource dataSource() {
        String url = "jdbc:sqlite:" + directory.resolve("testlite.db");
        return proxy(DataSource.class, (method, arguments) -> {
            Connection connection = DriverManager.getConnection(url);
            return proxy(Connection.class, (called, given) -> {
                if (!called.getName().equals("getMetaData")) {
                    return invoke(connection, called, given);
                }
                DatabaseMetaData metaData = connection.getMetaData();
                return proxy(
                        DatabaseMetaData.class,
                        (asked, with) -> asked.getName().equals("getDatabaseProductName")
                                ? "Testlite"
                                : invoke(metaData, asked, with));
            });
        });
    }

    private interface Call {
        @Nullable
        Object run(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.run(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
