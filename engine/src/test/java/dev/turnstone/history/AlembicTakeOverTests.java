package dev.turnstone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.turnstone.Migrator;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.testing.DatabaseForTests;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alembic and Turnstone migrate one database in turn, and each finds the revisions that the other applied. */
@Tag("alembic")
class AlembicTakeOverTests {

    /** Each revision and its parents: a fork and its merge, so that the table sometimes contains two rows. */
    private static final List<List<String>> HISTORY = List.of(
            List.of("1a1a1a1a1a1a"),
            List.of("2b2b2b2b2b2b", "1a1a1a1a1a1a"),
            List.of("3c3c3c3c3c3c", "1a1a1a1a1a1a"),
            List.of("4d4d4d4d4d4d", "2b2b2b2b2b2b", "3c3c3c3c3c3c"),
            List.of("5e5e5e5e5e5e", "4d4d4d4d4d4d"));

    private static final AtomicInteger CHECKED = new AtomicInteger();

    @AfterAll
    static void printNumberOfChecks() {
        System.out.println("alembic: " + CHECKED + " changes between Alembic and Turnstone were checked");
    }

    @Test
    void sqlite() throws Exception {
        String python = python("alembic");
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            String file = database.url().substring("jdbc:sqlite:".length());
            migrateWithBothInTurn(database, new Alembic(python, database.folder(), "sqlite:///" + file));
        }
    }

    @Test
    void postgresql() throws Exception {
        String python = python("alembic, psycopg2");
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            URI server = URI.create(database.url().substring("jdbc:".length()));
            String user = Stream.of(
                            Optional.ofNullable(server.getQuery()).orElse("").split("&", -1))
                    .filter(each -> each.startsWith("user="))
                    .map(each -> each.substring("user=".length()))
                    .findFirst()
                    .orElse("postgres");
            migrateWithBothInTurn(
                    database,
                    new Alembic(
                            python,
                            database.folder(),
                            "postgresql://" + user + "@" + server.getHost() + ":" + server.getPort() + server.getPath()
                                    + "?options=-csearch_path%3D" + database.schema()));
        }
    }

    private static void migrateWithBothInTurn(DatabaseForTests database, Alembic alembic) throws Exception {
        alembic.write(HISTORY);
        Migrator ours = database.migrator(
                        HISTORY.stream().map(AlembicTakeOverTests::file).toArray(String[]::new))
                .withVersionTable("alembic_version");

        alembic.run("upgrade", "2b2b");
        assertTurnstoneReads(ours, "2b2b2b2b2b2b");
        alembic.run("upgrade", "3c3c");
        assertTurnstoneReads(ours, "2b2b2b2b2b2b", "3c3c3c3c3c3c");

        ours.upgrade("4d4d");
        assertAlembicReads(alembic, "4d4d4d4d4d4d (mergepoint)");
        alembic.run("upgrade", "head");
        assertTurnstoneReads(ours, "5e5e5e5e5e5e");
        assertThat(tables(database)).containsExactly("1a", "2b", "3c", "4d", "5e");

        ours.downgrade("4d4d");
        ours.downgrade("2b2b");
        assertAlembicReads(alembic, "2b2b2b2b2b2b", "3c3c3c3c3c3c");
        alembic.run("upgrade", "head");
        alembic.run("downgrade", "4d4d");
        assertTurnstoneReads(ours, "4d4d4d4d4d4d");
        ours.upgrade("head");
        assertAlembicReads(alembic, "5e5e5e5e5e5e (head)");

        ours.stamp("2b2b");
        assertAlembicReads(alembic, "2b2b2b2b2b2b");
        alembic.run("stamp", "head");
        assertTurnstoneReads(ours, "5e5e5e5e5e5e");

        ours.downgrade("base");
        assertAlembicReads(alembic);
        assertThat(database.allTables()).containsExactly("alembic_version");
        alembic.run("upgrade", "head");
        assertTurnstoneReads(ours, "5e5e5e5e5e5e");
        alembic.run("downgrade", "base");
        assertTurnstoneReads(ours);
        assertThat(database.allTables()).containsExactly("alembic_version");
    }

    private static List<String> tables(DatabaseForTests database) {
        return database.allTables().stream()
                .filter(table -> table.startsWith("t_"))
                .map(table -> table.substring(2))
                .toList();
    }

    private static String file(List<String> revision) {
        String table = "t_" + revision.get(0).substring(0, 2);
        return DatabaseForTests.revision(
                revision.get(0),
                String.join(", ", revision.subList(1, revision.size())),
                "CREATE TABLE " + table + " (id INTEGER);",
                "DROP TABLE " + table + ";");
    }

    private static void assertTurnstoneReads(Migrator ours, String... rows) {
        assertThat(ours.current()).extracting(RevisionId::value).containsExactly(rows);
        assertThat(ours.edited()).isEmpty();
        CHECKED.incrementAndGet();
    }

    private static void assertAlembicReads(Alembic alembic, String... lines) throws Exception {
        assertThat(alembic.run("current").lines().filter(line -> !line.isBlank()))
                .containsExactlyInAnyOrder(lines);
        CHECKED.incrementAndGet();
    }

    /** Returns the first Python on the path that has the modules. It is not always the first Python on the path. */
    private static String python(String modules) throws Exception {
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path python = Path.of(place, "python3");
            if (Files.isExecutable(python)
                    && new ProcessBuilder(python.toString(), "-c", "import " + modules)
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0) {
                return python.toString();
            }
        }
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(false)
                    .as("a python3 with " + modules + " is required by the lane 'alembic'")
                    .isTrue();
        }
        return abort("The lane 'alembic' is skipped: no python3 on the path has the modules " + modules + ".");
    }

    /** An installed Alembic with its own project. */
    private record Alembic(String python, Path folder, String url) {

        void write(List<List<String>> history) throws IOException {
            Path versions = Files.createDirectories(folder.resolve("alembic/versions"));
            Files.writeString(
                    folder.resolve("alembic.ini"),
                    "[alembic]\nscript_location = " + folder.resolve("alembic") + "\nsqlalchemy.url = "
                            + url.replace("%", "%%") + "\n");
            Files.writeString(folder.resolve("alembic/env.py"), """
                    from alembic import context
                    from sqlalchemy import engine_from_config, pool

                    engine = engine_from_config(
                        context.config.get_section(context.config.config_ini_section), poolclass=pool.NullPool)
                    with engine.connect() as connection:
                        context.configure(connection=connection)
                        with context.begin_transaction():
                            context.run_migrations()
                    """);
            for (List<String> revision : history) {
                String table = "t_" + revision.get(0).substring(0, 2);
                String parents = revision.size() == 1
                        ? "None"
                        : "('" + String.join("', '", revision.subList(1, revision.size())) + "',)";
                Files.writeString(versions.resolve(revision.get(0) + ".py"), """
                        from alembic import op

                        revision = '%s'
                        down_revision = %s


                        def upgrade():
                            op.execute("CREATE TABLE %s (id INTEGER)")


                        def downgrade():
                            op.execute("DROP TABLE %s")
                        """.formatted(
                                revision.get(0), parents, table, table));
            }
        }

        /** Runs a command and returns its standard output. */
        String run(String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(
                    python, "-m", "alembic", "-c", folder.resolve("alembic.ini").toString()));
            command.addAll(List.of(arguments));
            Path said = folder.resolve("alembic.err");
            Process process =
                    new ProcessBuilder(command).redirectError(said.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(command + "\n" + out + Files.readString(said))
                    .isZero();
            return out;
        }
    }
}
