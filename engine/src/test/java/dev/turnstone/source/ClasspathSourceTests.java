package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClasspathSourceTests {

    private static final String MIGRATION = """
            package db.migrations;
            import dev.turnstone.operation.*;
            import dev.turnstone.source.*;
            %s implements Migration {
                static { if (true) throw new IllegalStateException("initialised"); }
                public void upgrade(Operations op) {}
            }
            """;

    private final Path directory;

    ClasspathSourceTests(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path root(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void compile(Path root, String className, String source) throws IOException {
        Path file = root.resolve("src/" + className + ".java");
        write(root, "src/" + className + ".java", source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            String classPath = System.getProperty("java.class.path");
            assertThat(compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none", "-d", root.toString(), "-cp", classPath),
                                    null,
                                    files.getJavaFileObjects(file))
                            .call())
                    .isTrue();
        }
    }

    private enum FolderEntries {
        WRITTEN,
        LEFT_OUT
    }

    private Path jar(Path root, FolderEntries folders) throws IOException {
        Path jar = directory.resolve(root.getFileName() + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, new Manifest());
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (Files.isRegularFile(file)) {
                    entries.putNextEntry(new JarEntry(name));
                    Files.copy(file, entries);
                } else if (folders == FolderEntries.WRITTEN && !name.isEmpty()) {
                    entries.putNextEntry(new JarEntry(name + "/"));
                }
            }
        }
        return jar;
    }

    private static List<MigrationScript> load(Path... roots) throws IOException {
        try (URLClassLoader loader = loader(roots)) {
            return ClasspathSource.of("db/migrations", loader).load();
        }
    }

    private static URLClassLoader loader(Path... roots) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path root : roots) {
            urls.add(root.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClasspathSourceTests.class.getClassLoader());
    }

    private static void writeRevisions(Path root) throws IOException {
        write(root, "db/migrations/20240501_1200_a_x.sql", "-- revision: a\n-- upgrade\nx;");
        write(root, "db/migrations/later/b.sql", "-- revision: b\n-- upgrade\n");
        write(root, "db/migrations/schema.sql", "CREATE TABLE a (x);");
        write(root, "db/other/c.sql", "-- revision: other\n-- upgrade\n");
        compile(root, "AddJobs", """
                package db.migrations;
                import dev.turnstone.operation.*;
                @RevisionHeader(id = "c")
                public class AddJobs implements Migration {
                    public void upgrade(Operations op) { new Runnable() { public void run() {} }.run(); }
                    @RevisionHeader(id = "d")
                    public static final class Nested extends AddJobs {}
                    public static final class Names {
                        static { if (true) throw new IllegalStateException("initialised"); }
                    }
                    abstract static class Base implements Migration {}
                    static Migration local() {
                        return new Migration() { public void upgrade(Operations op) {} };
                    }
                }
                """);
    }

    @Test
    void files_and_classes_of_a_directory_are_read() throws IOException {
        Path root = root("with space");
        writeRevisions(root);

        assertThat(load(root))
                .extracting(script -> script.revision().origin())
                .containsExactly(
                        "20240501_1200_a_x.sql",
                        "later/b.sql",
                        "db.migrations.AddJobs$Nested",
                        "db.migrations.AddJobs");
    }

    @Test
    void files_and_classes_of_a_jar_are_read() throws IOException {
        Path root = root("jarred");
        writeRevisions(root);

        assertThat(load(jar(root, FolderEntries.WRITTEN)))
                .extracting(script -> script.id().value())
                .containsExactly("a", "b", "d", "c");
    }

    @Test
    void a_jar_without_entries_for_its_folders_is_read() throws IOException {
        Path root = root("flat");
        writeRevisions(root);

        assertThat(load(jar(root, FolderEntries.LEFT_OUT)))
                .extracting(script -> script.id().value())
                .containsExactly("a", "b", "d", "c");
    }

    @Test
    void several_parts_of_one_folder_are_joined_and_none_is_read_twice() throws IOException {
        Path classes = root("classes");
        Path library = root("library");
        write(classes, "db/migrations/b.sql", "-- revision: b\n-- upgrade\n");
        write(library, "db/migrations/a.sql", "-- revision: a\n-- upgrade\n");

        assertThat(load(classes, jar(library, FolderEntries.WRITTEN), classes))
                .extracting(script -> script.id().value())
                .containsExactly("b", "a");
    }

    @Test
    void a_malformed_file_is_named_by_its_path_in_the_folder() throws IOException {
        Path root = root("malformed");
        write(root, "db/migrations/x/a.sql", "-- revision: a\n");

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(MalformedSectionException.class)
                .hasMessageStartingWith("x/a.sql:1:1: The revision has no upgrade section.");
    }

    @Test
    void a_migration_that_lacks_its_annotation_is_refused_without_being_initialised() throws IOException {
        Path root = root("bare");
        compile(root, "Bare", MIGRATION.formatted("public class Bare"));

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(InvalidRevisionClassException.class)
                .hasMessageStartingWith("Class db.migrations.Bare is a Migration without @RevisionHeader.");
    }

    @Test
    void an_annotated_class_that_is_not_a_migration_is_refused() throws IOException {
        Path root = root("annotated");
        compile(
                root,
                "Odd",
                "package db.migrations; @dev.turnstone.operation.RevisionHeader(id = \"a\") public class Odd {}");

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(InvalidRevisionClassException.class)
                .hasMessage("Class db.migrations.Odd has @RevisionHeader but is not a Migration. Implement "
                        + "dev.turnstone.operation.Migration.");
    }

    @Test
    void a_revision_whose_initialiser_fails_is_named() throws IOException {
        Path root = root("failing");
        compile(root, "Failing", MIGRATION.formatted("@RevisionHeader(id = \"a\") public class Failing"));

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(InvalidRevisionClassException.class)
                .hasMessageStartingWith("Class db.migrations.Failing failed in its constructor: "
                        + "java.lang.IllegalStateException: initialised.");
    }

    @Test
    void a_class_that_cannot_be_loaded_is_named() throws IOException {
        Path root = root("broken");
        write(root, "db/migrations/Broken.class", "not a class");

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(InvalidRevisionClassException.class)
                .hasMessageStartingWith("Class db.migrations.Broken cannot be loaded: java.lang.ClassFormatError")
                .hasMessageEndingWith(
                        "Put the classes that it needs on the class path, or move it out of the revisions' package.");
    }

    @Test
    void a_folder_that_is_not_on_the_class_path_is_named() throws IOException {
        Path root = root("empty");

        assertThatThrownBy(() -> load(root))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessage(
                        "No directory or jar on the class path contains the folder db/migrations. Put the revisions in "
                                + "src/main/resources/db/migrations (or the classes in the package db.migrations), or give the "
                                + "folder that contains them.");
    }

    @Test
    void a_folder_describes_itself_with_its_scheme() {
        assertThat(ClasspathSource.of("/db/migrations/", ClassLoader.getSystemClassLoader())
                        .describe())
                .isEqualTo("classpath:db/migrations");
    }
}
