package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that writes the file of a new revision. */
abstract class WritingCommand extends EngineCommand {

    private static final String JAVA = "src/main/java";
    private static final String RESOURCES = "src/main/resources";

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "The message of the revision: what it does, in a few words.")
    @Nullable
    String message;

    @Option(
            names = "--branch-label",
            split = ",",
            paramLabel = "LABEL",
            description = "A branch label for this revision and those that follow it; may be repeated.")
    List<String> labels = List.of();

    @Option(names = "--rev-id", paramLabel = "ID", description = "The identifier. Default: 12 hexadecimal digits.")
    @Nullable
    String id;

    @Option(
            names = "--version-path",
            paramLabel = "DIR",
            description = "The directory for the file. Default: the directory of the parent, else the first location.")
    @Nullable
    Path versionPath;

    /** Writes an SQL revision file. */
    final void writeSql(NewRevision revision, History history) {
        Path directory = directory(revision.revision(), history);
        write(revision, directory.resolve(revision.sqlFileName(history.fileNames())), revision.sql());
    }

    /** Writes a class. */
    final void writeJava(NewRevision revision, History history) {
        Path directory = directory(revision.revision(), history);
        String path = directory.toAbsolutePath().normalize().toString().replace('\\', '/');
        int resources = path.lastIndexOf(RESOURCES + "/");
        if (resources >= 0) {
            path = path.substring(0, resources) + JAVA + path.substring(resources + RESOURCES.length());
        }
        int java = path.lastIndexOf(JAVA + "/");
        if (java < 0) {
            throw new BadOptionException("The package of the class is not known: " + directory + " is neither in "
                    + RESOURCES + " nor in " + JAVA + ". Nothing was written. Pass --version-path " + JAVA
                    + "/PACKAGE, or leave out --java.");
        }
        String packageName = path.substring(java + JAVA.length() + 1).replace('/', '.');
        write(revision, Path.of(path, revision.className() + ".java"), revision.java(packageName));
    }

    private Path directory(Revision revision, History history) {
        if (versionPath != null) {
            return versionPath;
        }
        List<Path> directories = history.directories();
        return revision.parents().stream()
                .map(parent -> history.graph().get(parent))
                .flatMap(parent -> directories.stream()
                        .filter(directory -> Files.isRegularFile(directory.resolve(parent.origin()))))
                .findFirst()
                .orElse(directories.get(0));
    }

    private void write(NewRevision revision, Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new BadOptionException(
                    file + " exists already. Nothing was written. Choose another message or --rev-id.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (options.json()) {
            out().println(RevisionJson.facts(
                    Map.of("revision", revision.revision().id().value(), "file", file.toString())));
        } else {
            out().println("created " + file);
        }
    }
}
