package dev.turnstone.scenario;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.SnapshotCheck;
import dev.turnstone.snapshot.SnapshotDirectory;
import dev.turnstone.snapshot.SnapshotFile;
import dev.turnstone.snapshot.SnapshotMode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot files of a history: the schemas of fresh installs in version control, one file for each dialect.
 *
 * @param directory the folder of the files
 * @param name the first part of the file names, before the name of the dialect
 * @param mode what happens if a file and a schema differ
 * @param kept which files must exist
 * @param howToWrite an instruction for people, such as a command that writes the files
 */
public record KeptSnapshots(
        SnapshotDirectory directory, String name, SnapshotMode mode, SnapshotsKept kept, String howToWrite) {

    /**
     * Returns the files of a test class, in the folder of its module. The tests write them with
     * {@code -Dturnstone.snapshots=update}.
     */
    public static KeptSnapshots ofTestClass(Class<?> testClass, SnapshotsKept kept) {
        return new KeptSnapshots(
                SnapshotDirectory.ofModule(),
                testClass.getSimpleName() + ".fresh-install",
                SnapshotMode.current(),
                kept,
                "Run mvn test -Dtest=" + outermost(testClass).getSimpleName() + " -D" + SnapshotMode.PROPERTY
                        + "=update");
    }

    /**
     * Returns the files of a folder that the user names. A file must exist for each dialect.
     *
     * @param folder the folder; it does not have to exist
     * @param name the first part of the file names, before the name of the dialect
     * @param update whether to write the files
     * @param howToWrite an instruction for people, such as a command that writes the files
     */
    public static KeptSnapshots in(Path folder, String name, boolean update, String howToWrite) {
        return new KeptSnapshots(
                new SnapshotDirectory(folder),
                name,
                update ? SnapshotMode.UPDATE : SnapshotMode.current(),
                SnapshotsKept.HEAD,
                howToWrite);
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type : outermost(outer);
    }

    /** Returns whether a file is kept for each revision, and not only for the heads. */
    public boolean ofEachRevision() {
        return kept == SnapshotsKept.EACH_REVISION;
    }

    /**
     * Returns the file of a dialect.
     *
     * @param revision the revision whose schema the file holds; null for a fresh install of the whole history
     * @param dialect the dialect's name
     */
    public SnapshotFile file(@Nullable RevisionId revision, String dialect) {
        return revision == null ? directory.file(name, dialect) : directory.revision(name, revision.value(), dialect);
    }

    /**
     * Compares a schema with its file, or writes the file.
     *
     * @param revision the revision whose schema it is; null for a fresh install of the whole history
     * @param actual the schema that was read
     * @return the result; empty if files are optional and none exists for any dialect
     */
    public Optional<SnapshotCheck> check(@Nullable RevisionId revision, SchemaSnapshot actual) {
        if (kept == SnapshotsKept.AS_FOUND
                && mode != SnapshotMode.UPDATE
                && Dialects.names().stream()
                        .noneMatch(dialect -> file(revision, dialect).exists())) {
            return Optional.empty();
        }
        return Optional.of(file(revision, actual.dialect()).check(actual, mode));
    }

    /**
     * Returns the files in the folder that this JVM did not use.
     *
     * @param dialects the names of the dialects that ran; files of other dialects are not returned
     */
    public List<Path> unused(Collection<String> dialects) {
        return directory.unused().stream()
                .filter(file -> dialects.stream()
                        .anyMatch(dialect -> file.getFileName().toString().endsWith("." + dialect + ".txt")))
                .toList();
    }
}
