package dev.turnstone.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /** A statement of a revision is held in memory several times over. */
    private static final long MOST_BYTES = 256L * 1024 * 1024;

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

    /**
     * All entries that end in {@code .sql}, by path: files, and what {@link #bytes} refuses in place of a file (a link to
     * nothing, a named pipe, a device, a directory that holds no SQL within the depth), so that no revision is left out in
     * silence.
     */
    public static List<Path> sqlFiles(Path directory, int depth) {
        if (!Files.isDirectory(directory)) {
            throw SourceNotFoundException.noDirectory(directory.toString());
        }
        try (Stream<Path> files = Files.find(
                directory, depth, (file, attributes) -> isSql(file.toString()), FileVisitOption.FOLLOW_LINKS)) {
            List<Path> all =
                    files.filter(file -> !file.equals(directory)).sorted().toList();
            return all.stream().filter(file -> !holdsOneOf(all, file)).toList();
        } catch (IOException | UncheckedIOException e) {
            throw UnreadableSourceException.unreadable(directory.toString(), e);
        }
    }

    private static boolean holdsOneOf(List<Path> sorted, Path file) {
        return Files.isDirectory(file)
                && sorted.stream().anyMatch(other -> !other.equals(file) && other.startsWith(file));
    }

    static boolean isSql(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    /**
     * Whether there is a file, as for one that belongs to a revision and may be missing.
     *
     * @throws UnreadableSourceException when something else has its name: a link to nothing, a directory, a pipe, a device
     */
    public static boolean isThere(Path file) {
        if (Files.isRegularFile(file)) {
            return true;
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw UnreadableSourceException.noFile(file.toString(), what(file));
        }
        return false;
    }

    /**
     * The contents of a file.
     *
     * @throws UnreadableSourceException when it is no regular file (a pipe would block), is larger than {@value
     *     #MOST_BYTES} bytes, or cannot be read
     */
    public static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw UnreadableSourceException.noFile(file.toString(), what(file));
            }
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw UnreadableSourceException.tooLarge(file.toString(), size, MOST_BYTES);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw UnreadableSourceException.unreadable(file.toString(), e);
        }
    }

    private static String what(Path file) {
        if (Files.isDirectory(file)) {
            return "a directory";
        }
        if (Files.isSymbolicLink(file) && Files.notExists(file)) {
            return "a link to a file that does not exist";
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "a named pipe, a socket or a device" : "gone";
    }
}
