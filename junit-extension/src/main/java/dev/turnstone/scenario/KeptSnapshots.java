package dev.turnstone.scenario;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.SnapshotCheck;
import dev.turnstone.snapshot.SnapshotDirectory;
import dev.turnstone.snapshot.SnapshotFile;
import dev.turnstone.snapshot.SnapshotMode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the schemas that fresh installs come to are kept in version control, one file for each dialect.
 *
 * @param directory the folder of the files
 * @param name the files' name, before that of the dialect
 * @param mode what happens where a file and a schema do not agree
 * @param required whether a file must be there; else it must where another dialect has one, and is written only on {@link
 *     SnapshotMode#UPDATE} where none has
 * @param howToWrite what a person runs to have the files written
 */
public record KeptSnapshots(
        SnapshotDirectory directory, String name, SnapshotMode mode, boolean required, String howToWrite) {

    private static final List<String> DIALECTS =
            List.of(SqliteDialect.INSTANCE.name(), PostgresDialect.INSTANCE.name());

    /**
     * Those of a test class, in the folder of its module: compared where there are any, one for each dialect, and written
     * when the tests run with {@code -Dturnstone.snapshots=update}.
     */
    public static KeptSnapshots ofTestClass(Class<?> testClass) {
        return new KeptSnapshots(
                SnapshotDirectory.ofModule(),
                testClass.getSimpleName() + ".fresh-install",
                SnapshotMode.current(),
                false,
                "Run " + testClass.getSimpleName() + " with -D" + SnapshotMode.PROPERTY + "=update");
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
                true,
                howToWrite);
    }

    /** The file of a dialect, by the dialect's name. */
    SnapshotFile file(String dialect) {
        return directory.file(name, dialect);
    }

    /** Compares a schema with its file, or writes the file; nothing where none is kept of any dialect. */
    Optional<SnapshotCheck> check(SchemaSnapshot actual) {
        if (!required && mode != SnapshotMode.UPDATE && DIALECTS.stream().noneMatch(d -> file(d).exists())) {
            return Optional.empty();
        }
        return Optional.of(file(actual.dialect()).check(actual, mode));
    }

    /** The files in the folder that this JVM had no use for, of the dialects that ran. */
    public List<Path> unused(Collection<String> dialects) {
        return directory.unused().stream()
                .filter(file -> dialects.stream()
                        .anyMatch(dialect -> file.getFileName().toString().endsWith("." + dialect + ".txt")))
                .toList();
    }
}
