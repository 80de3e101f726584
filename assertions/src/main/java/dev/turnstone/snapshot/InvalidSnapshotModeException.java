package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;

/** The system property for snapshots says what nothing knows. */
public final class InvalidSnapshotModeException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    InvalidSnapshotModeException(String value) {
        super("-D" + SnapshotMode.PROPERTY + "=" + value + " is not known.\nIt is 'update' to write snapshot files, or"
                + " 'compare' to fail where one is missing.");
    }
}
