package dev.turnstone.snapshot;

import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.snapshot.SnapshotCheck.Different;
import dev.turnstone.snapshot.SnapshotCheck.Missing;
import dev.turnstone.snapshot.SnapshotCheck.OtherDialect;
import dev.turnstone.snapshot.SnapshotCheck.Same;
import dev.turnstone.snapshot.SnapshotCheck.Written;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot in a file under version control.
 *
 * <p>Immutable and thread-safe. A file is always complete: it is written to a temporary file in the same folder and
 * then moved in one step, so that tests can run in parallel and in several processes.
 */
public final class SnapshotFile {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

    /** The texts that this JVM wrote, so that two tests do not overwrite each other's file. */
    private static final ConcurrentMap<Path, String> WRITTEN = new ConcurrentHashMap<>();

    private final Path path;

    private SnapshotFile(Path path) {
        this.path = path;
    }

    /** Returns the file with that path, which may not exist. */
    public static SnapshotFile at(Path path) {
        return new SnapshotFile(path);
    }

    /** Returns the path. */
    public Path path() {
        return path;
    }

    /** Returns whether the file exists. */
    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads the snapshot.
     *
     * @return the snapshot; empty if the file does not exist
     * @throws UnreadableSnapshotException if the file is not a snapshot, has a newer format, or contains a merge
     *     conflict
     * @throws SnapshotFileException if the file system reports an error
     */
    public Optional<SchemaSnapshot> read() {
        SnapshotDirectory.used(path);
        try {
            return Optional.of(SnapshotReader.read(path.toString(), Files.readString(path)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (MalformedInputException notText) {
            throw new UnreadableSnapshotException(
                    path.toString(),
                    1,
                    "the file is not UTF-8.",
                    "Run the test with -Dturnstone.snapshots=update to write it again.");
        } catch (IOException e) {
            throw SnapshotFileException.onReading(path, e);
        }
    }

    /**
     * Writes a snapshot, and creates its folders. A file with the same content is not changed.
     *
     * @throws SnapshotSharedException if this JVM wrote another snapshot to this file
     * @throws SnapshotFileException if the file system reports an error
     */
    public void write(SchemaSnapshot snapshot) {
        SnapshotDirectory.used(path);
        String text = SnapshotWriter.write(snapshot);
        WRITTEN.compute(path.toAbsolutePath().normalize(), (key, before) -> {
            if (before != null && !before.equals(text)) {
                throw new SnapshotSharedException(path);
            }
            replace(text);
            return text;
        });
    }

    private void replace(String text) {
        try {
            if (Files.exists(path) && Files.readString(path).equals(text)) {
                return;
            }
        } catch (IOException unreadable) {
            LOG.debug("The snapshot {} cannot be read and is replaced.", path, unreadable);
        }
        try {
            Path folder =
                    Objects.requireNonNull(path.toAbsolutePath().normalize().getParent());
            Files.createDirectories(folder);
            // Not a temporary file of Java's, which only its owner may read: the umask decides.
            Path beside = folder.resolve("." + path.getFileName() + "-" + UUID.randomUUID() + ".tmp");
            try {
                Files.writeString(beside, text, StandardOpenOption.CREATE_NEW);
                moveTo(beside);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw SnapshotFileException.onWriting(path, e);
        }
    }

    private void moveTo(Path temporary) throws IOException {
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Compares a schema with this file or writes the file, depending on the mode.
     *
     * @throws UnreadableSnapshotException if the file is compared and is not a snapshot
     * @throws SnapshotFileException if the file system reports an error
     */
    public SnapshotCheck check(SchemaSnapshot actual, SnapshotMode mode) {
        if (mode == SnapshotMode.UPDATE) {
            boolean created = !exists();
            write(actual);
            LOG.info("Wrote the snapshot {}.", path);
            return new Written(created);
        }
        Optional<SchemaSnapshot> kept = read();
        if (kept.isEmpty()) {
            if (mode == SnapshotMode.COMPARE) {
                return new Missing();
            }
            write(actual);
            LOG.warn("There was no snapshot {}: it was written. Review it and commit it.", path);
            return new Written(true);
        }
        SchemaSnapshot expected = kept.get();
        if (!expected.dialect().equals(actual.dialect())) {
            return new OtherDialect(expected.dialect());
        }
        SchemaDiff difference = expected.differencesTo(actual);
        return difference.isEmpty() ? new Same() : new Different(difference);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
