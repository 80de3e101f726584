package dev.turnstone.cli;

import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.format.FormatDetection;
import dev.turnstone.format.MigrationFiles;
import dev.turnstone.format.UnclearFormatException;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory of migrations that the command line names.
 *
 * @param path the directory
 * @param detection the formats that were detected in its files
 */
record MigrationDirectory(Path path, FormatDetection detection) {

    /**
     * Detects the formats in a directory.
     *
     * @throws BadOptionException when it is not a directory
     */
    static MigrationDirectory at(Path path) {
        if (Files.notExists(path) && DatabaseUrl.dialectOf(path.toString()) != null) {
            throw new BadOptionException("DIR is the URL of a database, and not a directory. The URL is not shown,"
                    + " because it can hold a password. Give it with --url, and name the directory that holds the"
                    + " migrations.");
        }
        if (!Files.isDirectory(path)) {
            throw new BadOptionException(
                    Files.exists(path)
                            ? path + " is not a directory. Name the directory that holds the migrations."
                            : "There is no directory " + path + " (current directory: "
                                    + Path.of("").toAbsolutePath() + ").");
        }
        try {
            return new MigrationDirectory(path, FormatDetection.of(path));
        } catch (UnclearFormatException e) {
            throw new BadOptionException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the format of the files.
     *
     * @throws BadOptionException when there are no migrations, or several formats are mixed
     */
    Format format() {
        try {
            return detection.format();
        } catch (UnclearFormatException e) {
            throw new BadOptionException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the format with that name.
     *
     * @throws BadOptionException when there is none
     */
    static Format formatNamed(String name) {
        return Format.labelled(name)
                .orElseThrow(() -> new BadOptionException("There is no format '" + name + "'. Formats: auto, "
                        + Stream.of(Format.values()).map(Format::label).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * Loads the history in one format.
     *
     * @throws BadOptionException when there is none
     * @throws TurnstoneException when a file cannot be read
     */
    Scripts load(Format format, Map<String, String> placeholders) {
        Scripts scripts = read(format, placeholders);
        if (scripts.inOrder().isEmpty()) {
            throw new BadOptionException("No migrations of the format " + format.label() + " are in " + path + ".");
        }
        return scripts;
    }

    private Scripts read(Format format, Map<String, String> placeholders) {
        try {
            return Scripts.load(List.of(MigrationFiles.in(detection.directory(), format, placeholders)));
        } catch (TurnstoneException e) {
            if (format == Format.TURNSTONE || detection.isEmpty()) {
                throw e;
            }
            throw new HistoryNotReadException(e, detection.describe() + " in " + detection.directory() + ".");
        }
    }

    /** Returns the dialect of the files; empty if neither directory names nor the SQL show it. */
    Optional<String> dialect() {
        return detection.dialect();
    }
}
