package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;
import java.io.IOException;
import java.nio.file.Path;

/** A snapshot file cannot be read or written. A file that was there is as it was. */
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
                "Cannot write the snapshot " + path + ": " + cause + "\nWhat was there before is unchanged.", cause);
    }
}
