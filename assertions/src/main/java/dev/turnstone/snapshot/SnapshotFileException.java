package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;
import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a snapshot file cannot be read or written. An existing file is not changed. */
public final class SnapshotFileException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    private SnapshotFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static SnapshotFileException onReading(Path path, IOException cause) {
        return new SnapshotFileException("Cannot read the snapshot " + path + ": " + cause, cause);
    }

    static SnapshotFileException onWriting(Path path, IOException cause) {
        return new SnapshotFileException(
                "Cannot write the snapshot " + path + ": " + cause + "\nThe previous file is unchanged.", cause);
    }
}
