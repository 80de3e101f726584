package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's commands on PostgreSQL. */
class OnPostgresqlTests {

    private static final EmbeddedPostgres SERVER = start();

    @TempDir
    Path directory = Path.of("");

    Project project = new Project(Path.of(""));

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @BeforeEach
    void makeProject() throws Exception {
        project = Project.with(directory, "a1 - make a", "b1 a1 make b");
        project.configure("locations = [\"revisions\"]\nurl = \"postgresql://postgres@localhost:" + SERVER.getPort()
                + "/postgres\"\nlock-timeout = \"1s\"\n");
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        }
    }

    @Test
    void upAndDown() {
        assertThat(project.run("upgrade").out().lines())
                .containsExactly("upgrade <base> -> a1, make a", "upgrade a1 -> b1, make b");
        assertThat(project.run("upgrade").out()).contains("Nothing to do: the database is at b1.");
        assertThat(project.run("current", "--check-heads").out()).startsWith("b1 (head) make b");
        assertThat(project.run("history", "-i").out()).startsWith("a1 -> b1 (head) (current), make b");
        assertThat(project.run("downgrade", "-1", "--json").out()).contains("\"current\" : [ \"a1\" ]");
        assertThat(project.run("current", "--check-heads").status()).isEqualTo(1);
        assertThat(project.run("stamp", "base").out()).contains("The version is base.");
        assertThat(project.run("stamp", "--purge", "b1").out()).contains("The version is b1.");
        assertThat(project.run("ensure-version").status()).isZero();
    }

    @Test
    void aConcurrentIndexBesideItsTable() throws Exception {
        Path file = directory.resolve("revisions/b1.sql");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\n-- downgrade",
                                "\n-- autocommit\nCREATE INDEX CONCURRENTLY ix_b1 ON t_b1 (id);\n-- end\n\n-- downgrade"));

        assertThat(project.run("upgrade", "--transaction=run").err())
                .contains("The run uses one transaction, and revision b1 contains statements that cannot run in one.");
        assertThat(project.run("current").out()).isEmpty();
        assertThat(project.run("upgrade").status()).isZero();
        assertThat(project.run("upgrade", "--sql", "a1:b1").out())
                .containsSubsequence("COMMIT;", "CREATE INDEX CONCURRENTLY", "BEGIN;", "COMMIT;");
    }

    @Test
    void aLockThatIsHeldIsSaid() throws Exception {
        project.run("upgrade", "a1");
        Path file = directory.resolve("revisions/b1.sql");
        Files.writeString(
                file, Files.readString(file).replace("CREATE TABLE t_b1 (id INTEGER PRIMARY KEY)", "DROP TABLE t_a1"));
        try (Connection holder = SERVER.getPostgresDatabase().getConnection();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN; LOCK TABLE t_a1 IN ACCESS SHARE MODE");

            Run run = project.run("upgrade", "--lock-timeout=20ms", "--lock-attempts=2");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .contains("A lock for revision b1 was not acquired in time: 2 attempts within ")
                    .contains("The revision was rolled back; the version is still a1.");
        }
        assertThat(project.run("current").out()).startsWith("a1");
    }
}
