package dev.turnstone.cli;

import dev.turnstone.source.Format;
import dev.turnstone.source.GolangMigrateSource;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of migrations, and what its files tell about it.
 *
 * @param path the directory
 * @param files by the name of the format that each is in; files of no known format are left out
 */
record MigrationDirectory(Path path, Map<String, Set<String>> files) {

    private static final Pattern PAIR = Pattern.compile("[0-9]+_.*\\.(up|down)\\.sql");
    private static final Pattern FLYWAY = Pattern.compile("[VUB][0-9][0-9._]*__.*\\.sql|R__.*\\.sql");

    /** A line that only files of one format have, by that format's name. */
    private static final Map<String, Pattern> SIGNATURES = Map.of(
            Format.TURNSTONE.label(),
            Pattern.compile("(?m)^-- revision:"),
            "dbmate",
            Pattern.compile("(?m)^-- migrate:(up|down)"),
            "goose",
            Pattern.compile("(?mi)^--.*\\+goose\\s+up"),
            "sql-migrate",
            Pattern.compile("(?m)^-- \\+migrate (Up|Down)"),
            "liquibase",
            Pattern.compile("(?i)\\A\\s*--\\s*liquibase\\s+formatted\\s+sql"));

    /**
     * Looks at a directory.
     *
     * @throws BadOptionException when it is none
     */
    static MigrationDirectory at(Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadOptionException(
                    Files.exists(path)
                            ? path + " is not a directory. Name the directory that holds the migrations."
                            : "There is no directory " + path + " (looked for from "
                                    + Path.of("").toAbsolutePath() + ").");
        }
        Map<String, Set<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(path)) {
            all.filter(f -> f.getFileName().toString().endsWith(".sql"))
                    .sorted()
                    .forEach(f -> formatsOf(f).forEach(format -> files.computeIfAbsent(format, k -> new TreeSet<>())
                            .add(path.relativize(f).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + path + " could not be read.", e);
        }
        return new MigrationDirectory(path, files);
    }

    private static List<String> formatsOf(Path file) {
        String name = file.getFileName().toString();
        if (PAIR.matcher(name).matches()) {
            return List.of(Format.GOLANG_MIGRATE.label());
        }
        if (FLYWAY.matcher(name).matches()) {
            return List.of("flyway");
        }
        if (name.equals("up.sql") || name.equals("down.sql")) {
            return List.of("diesel");
        }
        String text = text(file);
        return SIGNATURES.entrySet().stream()
                .filter(signature -> signature.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be read.", e);
        }
    }

    /**
     * The format of the files.
     *
     * @throws BadOptionException when there are none, or several formats are mixed
     */
    String format() {
        if (files.isEmpty()) {
            throw new BadOptionException("No migrations are recognised in " + path
                    + ". Name the directory that holds them; formats known here are turnstone (files with a line"
                    + " '-- revision: ID') and golang-migrate (NNN_name.up.sql, NNN_name.down.sql).");
        }
        if (files.size() > 1) {
            List<String> seen = new ArrayList<>();
            files.forEach((format, names) -> seen.add("  " + format + ": " + names.size() + ", such as "
                    + names.iterator().next()));
            throw new BadOptionException("Files of several formats are mixed in " + path + ":\n"
                    + String.join("\n", seen) + "\nSay which is meant with --format, or name a directory with one.");
        }
        return files.keySet().iterator().next();
    }

    /** Loads the history in a format. */
    Scripts load(String format) {
        RevisionSource source =
                switch (format) {
                    case "turnstone" -> SqlFileSource.of(path);
                    case "golang-migrate" -> GolangMigrateSource.of(path);
                    default -> throw new NotAvailableException("The format " + format);
                };
        Scripts scripts = Scripts.load(List.of(source));
        if (scripts.inOrder().isEmpty()) {
            throw new BadOptionException("No migrations of the format " + format + " are in " + path + ".");
        }
        return scripts;
    }

    /** The dialect that the files are written in, as far as directory names and the SQL tell. */
    java.util.Optional<String> dialect() {
        String names = (path.toAbsolutePath().normalize().getFileName() + " " + files.values())
                .toLowerCase(java.util.Locale.ROOT);
        boolean namesPostgres = names.contains("postgres") || names.contains("pgsql");
        boolean namesSqlite = names.contains("sqlite");
        if (namesPostgres != namesSqlite) {
            return java.util.Optional.of(namesPostgres ? "postgresql" : "sqlite");
        }
        StringBuilder sql = new StringBuilder();
        files.values().stream().flatMap(Set::stream).forEach(f -> sql.append(text(path.resolve(f)))
                .append('\n'));
        return DialectTraits.of(sql.toString());
    }
}
