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
 * A source for the SQL revision files of a directory and its subdirectories. Immutable and thread-safe.
 * <pre>{@code
 * -- revision: c41d7be0a2f5
 * -- parents: b7f2c1d90e34
 * -- message: give jobs a priority
 * -- upgrade
 * -- unless column jobs.priority
 * ALTER TABLE jobs ADD COLUMN priority integer NOT NULL DEFAULT 0;
 * -- end
 * -- downgrade
 * ALTER TABLE jobs DROP COLUMN priority;
 * }</pre>
 *
 * <p>A file's origin is its path within the directory. Files that end in {@code .sql} without a Turnstone marker are
 * ignored.
 */
public final class SqlFileSource implements RevisionSource {

    private final Path directory;
    private final FileNameTemplate names;

    private SqlFileSource(Path directory, FileNameTemplate names) {
        this.directory = directory;
        this.names = names;
    }

    /** Creates a source whose files are named by {@link FileNameTemplate#DEFAULT}. */
    public static SqlFileSource of(Path directory) {
        return new SqlFileSource(directory, FileNameTemplate.DEFAULT);
    }

    /** Returns a source for the same directory with another template for file names. */
    public SqlFileSource withFileNames(FileNameTemplate template) {
        return new SqlFileSource(directory, template);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions in the order of the files' paths
     * @throws SourceNotFoundException if the directory does not exist
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
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

    /** Returns all files that end in {@code .sql}, by path. */
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
