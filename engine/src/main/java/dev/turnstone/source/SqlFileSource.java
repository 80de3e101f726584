package dev.turnstone.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The SQL revision files of a directory and the directories in it.
 *
 * <pre>{@code
 * -- revision: c41d7be0a2f5
 * -- parents: b7f2c1d90e34
 * -- message: give jobs a priority
 *
 * -- upgrade
 * -- unless column jobs.priority
 * ALTER TABLE jobs ADD COLUMN priority integer NOT NULL DEFAULT 0;
 * -- end
 *
 * -- downgrade
 * ALTER TABLE jobs DROP COLUMN priority;
 * }</pre>
 *
 * <p>A file's origin is its path within the directory. Files that end in {@code .sql} and hold no marker of ours are
 * passed over.
 */
public final class SqlFileSource implements RevisionSource {

    private final Path directory;
    private final FileNameTemplate names;

    private SqlFileSource(Path directory, FileNameTemplate names) {
        this.directory = directory;
        this.names = names;
    }

    /** The revisions of a directory, whose files are named as {@link FileNameTemplate#DEFAULT} says. */
    public static SqlFileSource of(Path directory) {
        return new SqlFileSource(directory, FileNameTemplate.DEFAULT);
    }

    /** The same directory, with files named in another way. */
    public SqlFileSource withFileNames(FileNameTemplate template) {
        return new SqlFileSource(directory, template);
    }

    /**
     * {@inheritDoc}
     *
     * @return in the order of the files' paths
     * @throws SourceNotFoundException when the directory does not exist
     * @throws UnreadableSourceException when a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        List<MigrationScript> scripts = new ArrayList<>();
        for (Path file : sqlFiles(directory, Integer.MAX_VALUE)) {
            String origin = directory.relativize(file).toString().replace('\\', '/');
            SqlRevisionFile.parse(origin, bytes(file), names).ifPresent(scripts::add);
        }
        return List.copyOf(scripts);
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    /** All files that end in {@code .sql}, by path. */
    static List<Path> sqlFiles(Path directory, int depth) {
        if (!Files.isDirectory(directory)) {
            throw SourceNotFoundException.noDirectory(directory.toString());
        }
        try (Stream<Path> files = Files.find(
                directory,
                depth,
                (file, attributes) -> attributes.isRegularFile() && isSql(file.toString()),
                FileVisitOption.FOLLOW_LINKS)) {
            return files.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw UnreadableSourceException.unreadable(directory.toString(), e);
        }
    }

    static boolean isSql(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UnreadableSourceException.unreadable(file.toString(), e);
        }
    }
}
