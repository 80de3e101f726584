package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.SQLException;

/** Thrown when the connection to the server is lost during a revision. */
public final class ConnectionLostException extends TurnstoneException {

    private final transient RevisionId revision;

    public ConnectionLostException(
            RevisionId revision, Direction direction, String database, String state, SQLException cause) {
        super(
                "The connection to " + database + " was lost while revision " + revision + " was being "
                        + (direction == Direction.UPGRADE ? "upgraded" : "downgraded") + ":\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  ") + "\n" + state
                        + " Find out why the connection ended (see the server's log), then repeat.",
                cause);
        this.revision = revision;
    }

    /** Returns the revision that was running. */
    public RevisionId revision() {
        return revision;
    }

    /**
     * Returns whether the failure is a lost connection, by its SQLSTATE: class 08, or the server terminated the session
     * (57P0x).
     */
    public static boolean isConnectionLoss(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }
}
