package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;

/** Thrown when the system property for snapshots has an invalid value. */
public final class InvalidSnapshotModeException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    InvalidSnapshotModeException(String value) {
        super("-D" + SnapshotMode.PROPERTY + "=" + value + " is not valid.\nUse 'update' to write snapshot files, or"
                + " 'compare' to fail if one is missing.");
    }
}
