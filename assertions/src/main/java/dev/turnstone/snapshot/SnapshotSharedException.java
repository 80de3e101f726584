package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;
import java.nio.file.Path;

/** Thrown when two different schemas are written to one snapshot file in one run. The file contains the first one. */
public final class SnapshotSharedException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    SnapshotSharedException(Path path) {
        super("Two different schemas were written to the snapshot " + path
                + " in one run; it contains the first one.\nGive each of them a separate name.");
    }
}
