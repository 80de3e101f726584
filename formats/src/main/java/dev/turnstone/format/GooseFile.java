package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.source.RevisionLines;
import dev.turnstone.source.TransactionMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses one file of goose. */
final class GooseFile {

    private static final String END = "-- +goose StatementEnd";

    private final RevisionLines lines;
    private final EnvironmentVariables variables;
    private final StatementLines ups = new StatementLines();
    private final StatementLines downs = new StatementLines();
    private @Nullable StatementLines section;
    private @Nullable Location up;
    private @Nullable Location down;
    private boolean transaction = true;
    private boolean substitutes;

    GooseFile(RevisionLines lines, EnvironmentVariables variables) {
        this.lines = lines;
        this.variables = variables;
    }

    FoundRevision read(String version, String title) {
        for (int i = 0; i < lines.count(); i++) {
            Location location = lines.location(i);
            String line = lines.get(i);
            String command = command(line);
            if (command != null) {
                if (Character.isWhitespace(line.charAt(0))) {
                    throw new MalformedMigrationFileException(
                            location, "'" + line.strip() + "' is indented, which goose refuses. Move it to column 1.");
                }
                obey(command, line, location);
            } else if (section != null) {
                section.add(substitutes ? variables.replaceIn(line, location) : line, location);
            } else if (lines.hasSql(i)) {
                throw new MalformedMigrationFileException(
                        location, "The SQL before '-- +goose Up' would never run. Put that line above it.");
            }
        }
        if (up == null) {
            throw new MalformedMigrationFileException(
                    lines.location(0),
                    "The file has no line '-- +goose Up', so goose refuses it. Put it above the SQL.");
        }
        TransactionMode mode = transaction ? TransactionMode.AS_WRITTEN : TransactionMode.NONE;
        return FoundRevision.of(
                        version,
                        lines.origin(),
                        title,
                        lines.origin(),
                        Body.of(ups.all(END), mode),
                        down == null ? null : Body.of(downs.all(END), mode))
                .withPreface(lines.all().subList(0, up.line() - 1));
    }

    /** Returns the annotation on a line in canonical form, or null for any other line. */
    private static @Nullable String command(String line) {
        String text = line.strip();
        if (!text.startsWith("--")) {
            return null;
        }
        return text.contains("+goose")
                ? text.replace("--", "")
                        .replace("+goose", "")
                        .strip()
                        .replaceAll("\\s+", " ")
                        .toUpperCase(Locale.ROOT)
                : null;
    }

    private void obey(String command, String line, Location location) {
        switch (command) {
            case "UP" -> up = begin(ups, up, location, line);
            case "DOWN" -> {
                if (up == null) {
                    throw new MalformedMigrationFileException(
                            location, "'" + line.strip() + "' is before '-- +goose Up'. Put the upgrade first.");
                }
                down = begin(downs, down, location, line);
            }
            case "STATEMENTBEGIN" -> inSection(location, line).beginBlock(location, line.strip());
            case "STATEMENTEND" -> inSection(location, line).endBlock(location, line.strip());
            case "NO TRANSACTION" -> transaction = false;
            case "ENVSUB ON" -> substitutes = true;
            case "ENVSUB OFF" -> substitutes = false;
            default ->
                throw new MalformedMigrationFileException(
                        location,
                        "'" + line.strip()
                                + "' is not an annotation of goose. The annotations are Up, Down, StatementBegin,"
                                + " StatementEnd, NO TRANSACTION, ENVSUB ON and ENVSUB OFF.");
        }
    }

    private Location begin(StatementLines next, @Nullable Location first, Location location, String line) {
        if (first != null) {
            throw new MalformedMigrationFileException(
                    location, "'" + line.strip() + "' is already in line " + first.line() + ". Remove one of the two.");
        }
        StatementLines before = section;
        if (before != null && before.isInBlock()) {
            throw new MalformedMigrationFileException(
                    location, "'" + line.strip() + "' is inside a block. Put '" + END + "' before it.");
        }
        section = next;
        return location;
    }

    private StatementLines inSection(Location location, String line) {
        StatementLines current = section;
        if (current == null) {
            throw new MalformedMigrationFileException(
                    location, "'" + line.strip() + "' is before '-- +goose Up'. Put that line first.");
        }
        return current;
    }
}
