package dev.turnstone.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of snapshot files, {@code name.dialect.txt}, with a folder of its own for a history that keeps one file a
 * revision.
 *
 * @param path the folder; it need not be there
 */
public record SnapshotDirectory(Path path) {

    private static final String ENDING = ".txt";
    private static final Set<Path> USED = ConcurrentHashMap.newKeySet();

    /** The folder {@code src/test/resources/turnstone/snapshots} of the module whose tests run. */
    public static SnapshotDirectory ofModule() {
        // Surefire tells the module's folder; an IDE starts tests in it.
        String module = System.getProperty("basedir", "");
        return new SnapshotDirectory(Path.of(module, "src", "test", "resources", "turnstone", "snapshots"));
    }

    static void used(Path file) {
        USED.add(file.toAbsolutePath().normalize());
    }

    /**
     * The file of a name.
     *
     * @param name what the snapshot is of; characters that a file name cannot have are replaced
     * @param dialect the dialect's name
     */
    public SnapshotFile file(String name, String dialect) {
        return SnapshotFile.at(path.resolve(fileName(name, dialect)));
    }

    /**
     * The file of one revision of a history.
     *
     * @param history what the snapshots are of
     * @param revision the revision after which the schema is such
     * @param dialect the dialect's name
     */
    public SnapshotFile revision(String history, String revision, String dialect) {
        return SnapshotFile.at(path.resolve(inFileName(history)).resolve(fileName(revision, dialect)));
    }

    private static String fileName(String name, String dialect) {
        return inFileName(name) + "." + inFileName(dialect) + ENDING;
    }

    private static String inFileName(String name) {
        return name.codePoints()
                .mapToObj(c -> Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0
                        ? Character.toString(c)
                        : "%" + Integer.toHexString(c))
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "%2e");
    }

    /**
     * The files that no test of this JVM has read or written. Says something only after all tests that use the folder.
     *
     * @throws SnapshotFileException when the folder cannot be read
     */
    public List<Path> unused() {
        return files().filter(file -> !USED.contains(file.toAbsolutePath().normalize()))
                .toList();
    }

    /**
     * What a person should know after all tests: the files that none of them needed. Where no test has used the folder,
     * only some of the tests ran, and nothing is said.
     */
    public List<String> notes() {
        Path folder = path.toAbsolutePath().normalize();
        List<Path> unused = USED.stream().anyMatch(file -> file.startsWith(folder)) ? unused() : List.of();
        return unused.isEmpty()
                ? List.of()
                : List.of("no test of this run has used "
                        + (unused.size() == 1 ? "this snapshot" : "these " + unused.size() + " snapshots") + " in "
                        + path
                        + "; if all tests ran, delete "
                        + (unused.size() == 1 ? "it" : "them") + ":"
                        + unused.stream()
                                .map(file -> "\n  " + path.relativize(file))
                                .collect(Collectors.joining()));
    }

    /**
     * The files of a history whose revision there is no longer.
     *
     * @param history what the snapshots are of
     * @param revisions all revisions that there are
     * @throws SnapshotFileException when the folder cannot be read
     */
    public List<Path> orphans(String history, Collection<String> revisions) {
        Set<String> known =
                revisions.stream().map(SnapshotDirectory::inFileName).collect(Collectors.toSet());
        return new SnapshotDirectory(path.resolve(inFileName(history)))
                .files()
                .filter(file -> !known.contains(nameOf(file)))
                .toList();
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        String withoutEnding = name.substring(0, name.length() - ENDING.length());
        int dialect = withoutEnding.lastIndexOf('.');
        return dialect < 0 ? withoutEnding : withoutEnding.substring(0, dialect);
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.walk(path)) {
            return all
                    .filter(file -> file.getFileName().toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList()
                    .stream();
        } catch (NoSuchFileException none) {
            return Stream.empty();
        } catch (IOException e) {
            throw SnapshotFileException.onReading(path, e);
        }
    }
}
