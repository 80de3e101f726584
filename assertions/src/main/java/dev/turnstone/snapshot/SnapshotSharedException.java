package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;
import java.nio.file.Path;

/** Two different schemas were to be written to one snapshot file in one run. The first one is in it. */
public final class SnapshotSharedException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    SnapshotSharedException(Path path) {
        super("Two different schemas claim the snapshot " + path
                + " in one run; the first one is in it.\nGive each of them a name of its own.");
    }
}
