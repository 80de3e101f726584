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
 * A folder of snapshot files with the names {@code name.dialect.txt}. A history that has one file for each revision has
 * its own folder in it.
 *
 * @param path the folder, which may not exist
 */
public record SnapshotDirectory(Path path) {

    private static final String SUFFIX = ".txt";
    private static final Set<Path> USED = ConcurrentHashMap.newKeySet();

    /** Returns the folder {@code src/test/resources/turnstone/snapshots} of the module under test. */
    public static SnapshotDirectory ofModule() {
        // Surefire sets the module's folder. An IDE starts tests in that folder.
        String module = System.getProperty("basedir", "");
        return new SnapshotDirectory(Path.of(module, "src", "test", "resources", "turnstone", "snapshots"));
    }

    static void used(Path file) {
        USED.add(file.toAbsolutePath().normalize());
    }

    /**
     * Returns the file of a snapshot.
     *
     * @param name the name of the snapshot; characters that are not allowed in a file name are replaced
     * @param dialect the dialect's name
     */
    public SnapshotFile file(String name, String dialect) {
        return SnapshotFile.at(path.resolve(fileName(name, dialect)));
    }

    /**
     * Returns the file of one revision of a history.
     *
     * @param history the name of the history
     * @param revision the revision that was applied last
     * @param dialect the dialect's name
     */
    public SnapshotFile revision(String history, String revision, String dialect) {
        return SnapshotFile.at(path.resolve(inFileName(history)).resolve(fileName(revision, dialect)));
    }

    private static String fileName(String name, String dialect) {
        return inFileName(name) + "." + inFileName(dialect) + SUFFIX;
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
     * Returns the files that no test of this JVM read or wrote. The result is meaningful only after all tests that use
     * the folder.
     *
     * @throws SnapshotFileException if the folder cannot be read
     */
    public List<Path> unused() {
        return files().filter(file -> !USED.contains(file.toAbsolutePath().normalize()))
                .toList();
    }

    /**
     * Returns a note about the unused files, for the end of a test run. The result is empty if no test used the folder,
     * because then only some of the tests ran.
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
     * Returns the files of a history whose revisions no longer exist.
     *
     * @param history the name of the history
     * @param revisions all existing revisions
     * @throws SnapshotFileException if the folder cannot be read
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
        String withoutSuffix = name.substring(0, name.length() - SUFFIX.length());
        int dialect = withoutSuffix.lastIndexOf('.');
        return dialect < 0 ? withoutSuffix : withoutSuffix.substring(0, dialect);
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.walk(path)) {
            return all
                    .filter(file -> file.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(file))
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
