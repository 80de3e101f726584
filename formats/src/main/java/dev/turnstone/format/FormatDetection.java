package dev.turnstone.format;

import dev.turnstone.source.Format;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.UnreadableSourceException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Detects the directory, the format and the dialect of a history from its files.
 *
 * <p>A tool that reads a single directory finds its files there, or, if it has none, in the only subdirectory that has
 * some. Immutable and thread-safe.
 */
public final class FormatDetection {

    private final Path directory;
    private final Map<Format, List<Path>> files;

    private FormatDetection(Path directory, Map<Format, List<Path>> files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Inspects a directory.
     *
     * @throws SourceNotFoundException if it does not exist
     * @throws UnreadableSourceException if a file in it cannot be read
     * @throws UnclearFormatException if several subdirectories contain migrations, and the directory itself contains
     *     none
     */
    public static FormatDetection of(Path path) {
        Map<FileKind, List<Path>> recursive = new EnumMap<>(FileKind.class);
        SortedMap<Path, Map<FileKind, List<Path>>> byDirectory = new TreeMap<>();
        for (Path file : SqlFileSource.sqlFiles(path, Integer.MAX_VALUE)) {
            if (isHidden(path.relativize(file))) {
                continue;
            }
            FileKind.of(file).ifPresent(kind -> {
                Map<FileKind, List<Path>> kinds = kind.isRecursive()
                        ? recursive
                        : byDirectory.computeIfAbsent(home(file, kind), home -> new EnumMap<>(FileKind.class));
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(file);
            });
        }
        Map<FileKind, List<Path>> kinds = new EnumMap<>(recursive);
        Path home = recursive.isEmpty() ? theOne(path, byDirectory) : path;
        Map<FileKind, List<Path>> here = byDirectory.getOrDefault(home, Map.of());
        here.forEach((kind, found) -> {
            if (kind != FileKind.NUMBERED || recursive.isEmpty()) {
                kinds.put(kind, found);
            }
        });
        return new FormatDetection(home, formats(home, kinds));
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
                return true;
            }
        }
        return false;
    }

    private static Path home(Path file, FileKind kind) {
        Path parent = Objects.requireNonNull(file.getParent());
        return kind == FileKind.FOLDER ? Objects.requireNonNullElse(parent.getParent(), Path.of("")) : parent;
    }

    private static Path theOne(Path path, SortedMap<Path, Map<FileKind, List<Path>>> byDirectory) {
        if (byDirectory.containsKey(path) || byDirectory.isEmpty()) {
            return path;
        }
        if (byDirectory.size() > 1) {
            throw new UnclearFormatException("There are no migrations directly in " + path
                    + ", and several directories in it contain some:\n"
                    + byDirectory.keySet().stream().map(d -> "  " + d).collect(Collectors.joining("\n"))
                    + "\nGive one of them as the directory.");
        }
        return byDirectory.firstKey();
    }

    /** If a name alone is ambiguous, the names of its neighbours decide. */
    private static Map<Format, List<Path>> formats(Path home, Map<FileKind, List<Path>> kinds) {
        Map<Format, List<Path>> formats = new EnumMap<>(Format.class);
        boolean pairs = kinds.containsKey(FileKind.PAIR);
        boolean others = kinds.keySet().stream().anyMatch(kind -> kind != FileKind.NUMBERED);
        kinds.forEach((kind, found) -> {
            @Nullable
            Format format =
                    switch (kind) {
                        case TURNSTONE -> Format.TURNSTONE;
                        case DBMATE -> Format.DBMATE;
                        case GOOSE -> Format.GOOSE;
                        case SQL_MIGRATE -> Format.SQL_MIGRATE;
                        case LIQUIBASE -> Format.LIQUIBASE;
                        case FLYWAY -> Format.FLYWAY;
                        case PAIR -> Format.PAIRS;
                        case PLAIN_PAIR -> pairs ? Format.PAIRS : Format.GOLANG_MIGRATE;
                        case FOLDER -> ordersAsDiesel(home) ? Format.DIESEL : Format.PAIRS;
                        case NUMBERED -> others ? null : Format.SQLX;
                    };
            if (format != null) {
                formats.computeIfAbsent(format, f -> new ArrayList<>()).addAll(found);
            }
        });
        return formats;
    }

    /** Diesel compares versions as strings. Consecutive numbers of different lengths are not versions of diesel. */
    private static boolean ordersAsDiesel(Path home) {
        List<DieselSource.Folder> folders = DieselSource.folders(home);
        if (folders.stream().anyMatch(folder -> folder.version().contains("-"))) {
            return true;
        }
        List<String> asText =
                folders.stream().map(DieselSource.Folder::digits).sorted().toList();
        List<String> asNumbers =
                asText.stream().sorted(Comparator.comparing(BigInteger::new)).toList();
        return asText.equals(asNumbers);
    }

    /**
     * Returns the directory of the history's files: the given directory, or its only subdirectory with migration files.
     */
    public Path directory() {
        return directory;
    }

    /** Returns whether no file of a known format was found. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Returns the format of the history.
     *
     * @throws UnclearFormatException if no format is recognised, or several formats are mixed
     */
    public Format format() {
        if (files.isEmpty()) {
            throw new UnclearFormatException("Turnstone recognises no migrations in " + directory
                    + ". Give the directory that contains them. The known formats are turnstone (files with a line"
                    + " '-- revision: ID'), golang-migrate and sqlx (NNN_name.up.sql, NNN_name.down.sql), other pairs,"
                    + " diesel (NNN_name/up.sql), dbmate, goose, sql-migrate, flyway and liquibase (formatted SQL).");
        }
        if (files.size() > 1) {
            List<String> seen = new ArrayList<>();
            files.forEach((format, found) ->
                    seen.add("  " + format.label() + ": " + found.size() + ", such as " + relative(found.get(0))));
            throw new UnclearFormatException("Files of several formats are mixed in " + directory + ":\n"
                    + String.join("\n", seen) + "\nSelect one with --format, or give a directory with one format.");
        }
        return files.keySet().iterator().next();
    }

    /**
     * Returns the number of files of each format in words: {@code goose (12 files, such as 0001_a.sql)}; empty if there
     * are none.
     */
    public String describe() {
        return files.entrySet().stream()
                .map(entry -> entry.getKey().label() + " (" + entry.getValue().size()
                        + (entry.getValue().size() == 1 ? " file: " : " files, such as ")
                        + relative(entry.getValue().get(0)) + ")")
                .collect(Collectors.joining(", "));
    }

    private String relative(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Returns the dialect of the files as far as directory names, the SQL and file names show it.
     *
     * @return {@code sqlite}, {@code postgresql}, or empty
     */
    public Optional<String> dialect() {
        Path absolute = directory.toAbsolutePath().normalize();
        return named(String.valueOf(absolute.getFileName()))
                .or(() -> DialectTraits.of(sql()))
                .or(() -> named(files.values().stream()
                        .flatMap(Collection::stream)
                        .map(this::relative)
                        .collect(Collectors.joining(" "))));
    }

    private static Optional<String> named(String text) {
        String names = text.toLowerCase(Locale.ROOT);
        boolean postgresql = names.contains("postgres") || names.contains("pgsql");
        boolean sqlite = names.contains("sqlite");
        return postgresql == sqlite ? Optional.empty() : Optional.of(postgresql ? "postgresql" : "sqlite");
    }

    private String sql() {
        StringBuilder sql = new StringBuilder();
        files.values().stream().flatMap(Collection::stream).forEach(file -> sql.append(
                        new String(SqlFileSource.bytes(file), StandardCharsets.UTF_8))
                .append('\n'));
        return sql.toString();
    }
}
