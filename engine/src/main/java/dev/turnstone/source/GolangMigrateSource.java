package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The files of golang-migrate: {@code 000012_add_priority.up.sql} and {@code 000012_add_priority.down.sql}, directly in
 * a directory. Versions are numbers, so {@code 1} is {@code 001}; gaps are allowed; other files are passed over. A
 * missing file does nothing in its direction; each file runs as a whole.
 *
 * @see <a href="https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md">golang-migrate's own description</a>
 */
public final class GolangMigrateSource implements RevisionSource {

    private static final Logger LOG = LoggerFactory.getLogger(GolangMigrateSource.class);

    /** The tool's own pattern; the last group is the extension. */
    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");

    /** The tool keeps versions in 64 bits, and passes over a file with a greater one. */
    private static final BigInteger GREATEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final Path directory;

    private GolangMigrateSource(Path directory) {
        this.directory = directory;
    }

    /** The revisions of a directory. */
    public static GolangMigrateSource of(Path directory) {
        return new GolangMigrateSource(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @return by version; each follows the one before
     * @throws SourceNotFoundException when the directory does not exist
     * @throws DuplicateVersionException when two files have the same version and direction
     * @throws UnreadableSourceException when a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        SortedMap<BigInteger, Pair> pairs = new TreeMap<>();
        for (Path path : SqlFileSource.sqlFiles(directory, 1)) {
            Optional<File> parsed = File.named(String.valueOf(path.getFileName()));
            if (parsed.isEmpty()) {
                LOG.debug("{} is no file of golang-migrate.", path);
                continue;
            }
            File file = parsed.get();
            Pair pair = pairs.computeIfAbsent(file.number(), number -> new Pair());
            File first = pair.put(file);
            if (first != null) {
                throw new DuplicateVersionException(
                        directory.toString(), file.number().toString(), file.direction(), first.name(), file.name());
            }
        }
        List<MigrationScript> scripts = new ArrayList<>();
        for (Pair pair : pairs.values()) {
            List<RevisionId> parents = scripts.isEmpty()
                    ? List.of()
                    : List.of(scripts.get(scripts.size() - 1).id());
            scripts.add(script(pair, parents));
        }
        return List.copyOf(scripts);
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    private MigrationScript script(Pair pair, List<RevisionId> parents) {
        File named = pair.named();
        Downgrade downgrade = pair.down == null ? new Downgrade.Missing() : new Downgrade.Defined();
        return new MigrationScript(
                Revision.of(RevisionId.spelled(named.version()), parents, named.title(), named.name()),
                new WholeFiles(text(pair.up), text(pair.down)),
                dialect -> downgrade,
                TransactionMode.AS_WRITTEN,
                null,
                Format.GOLANG_MIGRATE);
    }

    private @Nullable SqlText text(@Nullable File file) {
        if (file == null) {
            return null;
        }
        String text = Utf8Text.decode(file.name(), SqlFileSource.bytes(directory.resolve(file.name())));
        return new SqlText(text, new Location(file.name(), 1, 1));
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

    /** The two files of a version; one may be missing, not both. */
    private static final class Pair {

        private @Nullable File up;
        private @Nullable File down;

        /** Returns the file that already has this place, or null. */
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

        /** The file whose spelling of version and title counts. */
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

    /** Runs each file as a whole; a missing one does nothing, for the tool then moves the version only. */
    private record WholeFiles(
            @Nullable SqlText up, @Nullable SqlText down) implements Migration {

        @Override
        public void upgrade(Operations op) {
            run(up, op);
        }

        @Override
        public void downgrade(Operations op) {
            run(down, op);
        }

        private static void run(@Nullable SqlText file, Operations op) {
            if (file != null && !file.text().isBlank()) {
                op.execute(file);
            }
        }
    }
}
