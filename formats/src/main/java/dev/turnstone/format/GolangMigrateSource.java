package dev.turnstone.format;

import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.UnreadableSourceException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source for the files of golang-migrate: {@code 000012_add_priority.up.sql} and {@code
 * 000012_add_priority.down.sql}, directly in a directory. Versions are numbers, so {@code 1} equals {@code 001}. Gaps
 * are allowed, and other files are ignored. A missing file does nothing in its direction. Each file runs as a whole.
 * Immutable and thread-safe.
 *
 * @see <a href="https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md">golang-migrate: Migrations</a>
 */
public final class GolangMigrateSource implements RevisionSource {

    private static final Logger LOG = LoggerFactory.getLogger(GolangMigrateSource.class);

    /** The tool's own pattern; the last group is the extension. */
    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");

    /** The tool stores versions in 64 bits, and ignores a file with a greater version. */
    private static final BigInteger GREATEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final Path directory;

    private GolangMigrateSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static GolangMigrateSource of(Path directory) {
        return new GolangMigrateSource(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws DuplicateVersionException if two files have the same version and direction
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        SortedMap<BigInteger, Pair> pairs = new TreeMap<>();
        for (Path path : SqlFileSource.sqlFiles(directory, 1)) {
            Optional<File> parsed = File.named(String.valueOf(path.getFileName()));
            if (parsed.isEmpty()) {
                LOG.debug("{} is not a file of golang-migrate.", path);
                continue;
            }
            File file = parsed.get();
            Pair pair = pairs.computeIfAbsent(file.number(), number -> new Pair());
            File first = pair.put(file);
            if (first != null) {
                throw DuplicateVersionException.ofNumbers(
                        directory.toString(),
                        file.number().toString(),
                        file.direction() + " file",
                        first.name(),
                        file.name());
            }
        }
        return RevisionLine.of(
                Format.GOLANG_MIGRATE, pairs.values().stream().map(this::found).toList());
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    private FoundRevision found(Pair pair) {
        File named = pair.named();
        return FoundRevision.of(
                named.version(), named.name(), named.title(), named.name(), body(pair.up), body(pair.down));
    }

    private @Nullable Body body(@Nullable File file) {
        return file == null ? null : Body.of(List.of(WholeFile.read(directory, file.name())));
    }

    private record File(String name, String version, String title, String direction) {

        static Optional<File> named(String name) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            File file = new File(name, matcher.group(1), matcher.group(2), matcher.group(3));
            return Optional.of(file).filter(found -> found.number().compareTo(GREATEST) <= 0);
        }

        BigInteger number() {
            return new BigInteger(version);
        }
    }

    /** The files of a version. One of them may be missing. */
    private static final class Pair {

        private @Nullable File up;
        private @Nullable File down;

        /** Adds a file, and returns the file that already has its place, or null. */
        @Nullable
        File put(File file) {
            boolean isUp = file.direction().equals("up");
            File first = isUp ? up : down;
            if (isUp) {
                up = file;
            } else {
                down = file;
            }
            return first;
        }

        /** Returns the file whose version and title name the revision. */
        File named() {
            if (up != null) {
                return up;
            }
            if (down != null) {
                return down;
            }
            throw new IllegalStateException("a version has a file");
        }
    }
}
