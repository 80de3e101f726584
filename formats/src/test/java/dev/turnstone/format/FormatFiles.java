package dev.turnstone.format;

import dev.turnstone.revision.Direction;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RecordedOperations;
import dev.turnstone.source.TransactionMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A directory with files of another tool's format, and the effect of its history. */
final class FormatFiles {

    private final Path directory;
    private Map<String, String> placeholders = Map.of();

    FormatFiles(Path directory) {
        this.directory = directory;
    }

    FormatFiles file(String name, String... lines) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, String.join("\n", lines));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FormatFiles placeholder(String name, String value) {
        placeholders = Map.of(name, value);
        return this;
    }

    List<MigrationScript> load(Format format) {
        return MigrationFiles.in(directory, format, placeholders).load();
    }

    List<String> ids(Format format) {
        return load(format).stream().map(script -> script.id().value()).toList();
    }

    List<String> notes(Format format) {
        return load(format).stream().flatMap(script -> script.notes().stream()).toList();
    }

    /**
     * Returns the SQL of each revision as {@code id ^ line: up v line: down}; a revision without a downgrade has its
     * kind instead.
     */
    List<String> does(Format format, String dialect) {
        return load(format).stream().map(script -> does(script, dialect)).toList();
    }

    private static String does(MigrationScript script, String dialect) {
        RecordedOperations up = new RecordedOperations(dialect);
        RecordedOperations down = new RecordedOperations(dialect);
        script.migration().upgrade(up);
        Downgrade downgrade = script.downgrade(dialect);
        if (downgrade instanceof Downgrade.Defined) {
            script.migration().downgrade(down);
        }
        return script.id() + mode(script, Direction.UPGRADE, dialect) + " ^" + joined(up) + " v"
                + mode(script, Direction.DOWNGRADE, dialect)
                + (downgrade instanceof Downgrade.Defined
                        ? joined(down)
                        : " " + downgrade.getClass().getSimpleName());
    }

    private static String mode(MigrationScript script, Direction direction, String dialect) {
        return script.transaction(direction, dialect) == TransactionMode.NONE ? " (alone)" : "";
    }

    private static String joined(RecordedOperations operations) {
        return operations.log().stream().map(line -> " " + line).collect(Collectors.joining(" |"));
    }
}
