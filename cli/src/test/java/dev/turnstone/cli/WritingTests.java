package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTests {

    @TempDir
    Path directory = Path.of("");

    @Test
    void initMakesTheDirectoryAndTheConfiguration() throws Exception {
        Path file = directory.resolve("turnstone.toml");
        Run run = Run.of("init", directory.resolve("db/migrations").toString(), "--config", file.toString());

        assertThat(run.status()).isZero();
        assertThat(directory.resolve("db/migrations")).isDirectory();
        assertThat(file).content().contains("locations = [\"db/migrations\"]");
        assertThat(new Project(directory).run("heads").status()).isZero();

        Run again = Run.of("init", directory.resolve("elsewhere").toString(), "--config", file.toString());
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains(file + " exists already").contains("Nothing was changed.");
    }

    @Test
    void revisionFollowsTheHeadAndCanRunAsItIs() throws Exception {
        Project project = Project.with(directory, "a1 - make a");

        Run run = project.run("revision", "-m", "Give jobs a priority");

        assertThat(run.status()).isZero();
        Path file = written(run);
        assertThat(file.getFileName().toString()).matches("\\d{8}_\\d{4}_[0-9a-f]{12}_give_jobs_a_priority\\.sql");
        assertThat(file).content().matches("""
                        -- revision: [0-9a-f]{12}
                        -- parents: a1
                        -- message: Give jobs a priority
                        -- created: \\S+Z

                        -- upgrade


                        -- downgrade

                        """);
        assertThat(project.run("upgrade").status()).isZero();
        assertThat(project.run("downgrade", "base").status()).isZero();
    }

    @Test
    void revisionTakesAllParts() throws Exception {
        Project project = Project.with(directory, "a1 - make a", "b1 a1 make b");
        Path other = directory.resolve("other");

        Run run = project.run(
                "revision",
                "-m",
                "begin billing",
                "--head=base",
                "--branch-label=billing",
                "--rev-id=x9",
                "--depends-on=a1",
                "--version-path=" + other,
                "--sql");

        assertThat(run.err()).isEmpty();
        assertThat(written(run)).hasParent(other);
        assertThat(written(run))
                .content()
                .startsWith("-- revision: x9\n-- depends-on: a1\n-- labels: billing\n-- message: begin billing\n");
    }

    @Test
    void revisionWantsAHeadUnlessSpliced() throws Exception {
        Project project = Project.with(directory, "a1 - make a", "b1 a1 make b");

        Run refused = project.run("revision", "-m", "other", "--head", "a1");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("Revision 'a1' is not a head").contains("--splice");

        assertThat(project.run("revision", "-m", "other", "--head", "a1", "--splice")
                        .status())
                .isZero();
        assertThat(project.run("heads").out().lines()).hasSize(2);
    }

    @Test
    void anIdThatIsTakenIsRefusedBeforeAnythingIsWritten() throws Exception {
        Project project = Project.with(directory, "a1 - make a");

        Run run = project.run("revision", "-m", "again", "--rev-id", "a1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("a1");
        assertThat(files()).containsExactly("a1.sql");
    }

    @Test
    void aMessageIsRequiredAndOneLine() throws Exception {
        Project project = Project.with(directory, "a1 - make a");

        assertThat(project.run("revision").err()).contains("turnstone revision -m 'give jobs a priority'");
        assertThat(project.run("revision", "-m", "one\ntwo").err())
                .contains("The message must be one line; 'one' is followed by another line. Nothing was written.");
        assertThat(files()).containsExactly("a1.sql");
    }

    @Test
    void aClassIsWrittenIntoThePackageOfItsFolder() throws Exception {
        Path revisions = Files.createDirectories(directory.resolve("src/main/resources/db/migrations"));
        Project project = new Project(directory);
        project.configure("locations = [\"src/main/resources/db/migrations\"]\n");

        Run run = project.run("revision", "-m", "say \"hello\"", "--java", "--rev-id", "a1");

        assertThat(run.err()).isEmpty();
        assertThat(revisions).isEmptyDirectory();
        assertThat(directory.resolve("src/main/java/db/migrations/SayHello.java"))
                .content()
                .contains("package db.migrations;")
                .contains("message = \"say \\\"hello\\\"\"")
                .contains("public final class SayHello implements Migration {");
    }

    @Test
    void aClassOfAnAwkwardMessageCompiles() throws Exception {
        Files.createDirectories(directory.resolve("src/main/resources/db/migrations"));
        Project project = new Project(directory);
        project.configure("locations = [\"src/main/resources/db/migrations\"]\n");

        Run run = project.run("revision", "-m", "größer: \\users */ {@link \"x\"}", "--java", "--rev-id", "a1");

        assertThat(run.err()).isEmpty();
        Path written = directory.resolve("src/main/java/db/migrations/GroErUsersLinkX.java");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-encoding",
                                "UTF-8",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                "-d",
                                directory.toString(),
                                written.toString()))
                .isZero();
    }

    @Test
    void aClassNeedsAPlaceThatTellsItsPackage() throws Exception {
        Run run = Project.with(directory).run("revision", "-m", "x", "--java");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("The package of the class is not known")
                .contains("Nothing was written. Pass --version-path src/main/java/PACKAGE");
    }

    @Test
    void mergeJoinsTheHeads() throws Exception {
        Project project = Project.with(directory, "a1 - make a", "b1 a1 make b", "c1 a1 make c");

        Run run = project.run("merge", "heads", "-m", "join b and c");

        assertThat(written(run)).content().contains("-- parents: b1, c1\n-- message: join b and c\n");
        assertThat(project.run("heads").out()).contains("(head) (mergepoint) join b and c");
        assertThat(project.run("merge", "heads").err())
                .contains("A merge needs two heads or more; heads names")
                .contains("Nothing was written.");
    }

    @Test
    void editOpensTheFileInTheEditor() throws Exception {
        Project project = Project.with(directory, "a1 - make a");

        assertThat(project.run(Map.of("EDITOR", "touch -d 2001-01-01"), "edit", "head")
                        .status())
                .isZero();
        assertThat(Files.getLastModifiedTime(directory.resolve("revisions/a1.sql"))
                        .toString())
                .startsWith("200");
        assertThat(project.run("edit", "head").err()).contains("Set VISUAL or EDITOR");
        assertThat(project.run(Map.of("VISUAL", "false"), "edit", "a1").err())
                .contains("The editor 'false' ended with status 1.");
    }

    private static Path written(Run run) {
        return Path.of(run.out().strip().replaceFirst("^created ", ""));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("revisions"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
