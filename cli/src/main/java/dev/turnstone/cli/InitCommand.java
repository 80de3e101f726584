package dev.turnstone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates an empty history. */
@Command(
        name = "init",
        description = "Creates the directory for revisions, and the configuration file that names it.",
        footer = {"  turnstone init", "  turnstone init db/migrations"})
final class InitCommand extends EngineCommand {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "Default: src/main/resources/db/migrations if src/main exists, else db/migrations.")
    private @Nullable Path directory;

    @Override
    void run() {
        Path revisions = directory != null
                ? directory
                : Path.of(EngineSettings.USUAL_LOCATIONS.get(Files.isDirectory(Path.of("src/main")) ? 0 : 1));
        Path file = options.configurationFile();
        if (Files.exists(file)) {
            throw new BadOptionException(file + " exists already, and names the locations of the revisions. Nothing was"
                    + " changed. Create the first revision with 'turnstone revision -m …'.");
        }
        if (Files.exists(revisions) && !Files.isDirectory(revisions)) {
            throw new BadOptionException(revisions + " is not a directory. Nothing was changed. Name another.");
        }
        try {
            Files.createDirectories(revisions);
            Files.writeString(file, configuration(locationIn(file, revisions)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (options.json()) {
            out().println(RevisionJson.facts(
                    Map.of("directory", revisions.toString(), "configuration", file.toString())));
        } else {
            out().println("created " + revisions);
            out().println("created " + file);
            out().println("Next: turnstone revision -m 'create the first table'");
        }
    }

    private static String locationIn(Path file, Path revisions) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path absolute = revisions.toAbsolutePath().normalize();
        Path location = parent != null && absolute.startsWith(parent) ? parent.relativize(absolute) : absolute;
        return location.toString().replace('\\', '/');
    }

    private static String configuration(String location) {
        return """
                # Settings of the turnstone command. DATABASE_URL and options override them.

                # The directories of the revisions, relative to this file.
                locations = ["%s"]

                # The development database. Do not write passwords into this file.
                # url = "sqlite:///development.db"

                # version-table = "turnstone_version"
                # version-table-schema = "public"
                # file-name-template = "{date}_{time}_{revision}_{slug}"
                """.formatted(location);
    }
}
