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
 * Where the schemas that fresh installs come to are kept in version control, one file for each dialect.
 *
 * @param directory the folder of the files
 * @param name the files' name, before that of the dialect
 * @param mode what happens where a file and a schema do not agree
 * @param kept which files there must be
 * @param howToWrite what a person runs to have the files written
 */
public record KeptSnapshots(
        SnapshotDirectory directory, String name, SnapshotMode mode, SnapshotsKept kept, String howToWrite) {

    /**
     * Those of a test class, in the folder of its module; written when the tests run with {@code
     * -Dturnstone.snapshots=update}.
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
     * Those of a folder that a user names; there must be a file for each dialect.
     *
     * @param folder need not be there
     * @param name the files' name, before that of the dialect
     * @param update whether the files are written
     * @param howToWrite what a person runs to have the files written
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

    /** Whether the schema after each revision is kept, and not that at the head alone. */
    public boolean ofEachRevision() {
        return kept == SnapshotsKept.EACH_REVISION;
    }

    /**
     * The file of a dialect.
     *
     * @param revision the revision that the schema is of, null for a fresh install of the whole history
     * @param dialect the dialect's name
     */
    public SnapshotFile file(@Nullable RevisionId revision, String dialect) {
        return revision == null ? directory.file(name, dialect) : directory.revision(name, revision.value(), dialect);
    }

    /**
     * Compares a schema with its file, or writes the file; nothing where none is kept of any dialect.
     *
     * @param revision the revision that the schema is of, null for a fresh install of the whole history
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

    /** The files in the folder that this JVM had no use for, of the dialects that ran. */
    public List<Path> unused(Collection<String> dialects) {
        return directory.unused().stream()
                .filter(file -> dialects.stream()
                        .anyMatch(dialect -> file.getFileName().toString().endsWith("." + dialect + ".txt")))
                .toList();
    }
}
