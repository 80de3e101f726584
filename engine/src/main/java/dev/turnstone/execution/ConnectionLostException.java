package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.SQLException;

/** Thrown when the connection to the server ends in the middle of a revision. */
public final class ConnectionLostException extends TurnstoneException {

    private final transient RevisionId revision;

    ConnectionLostException(
            RevisionId revision, Direction direction, String database, String state, SQLException cause) {
        super(
                "The connection to " + database + " was lost while revision " + revision + " was being "
                        + (direction == Direction.UPGRADE ? "upgraded" : "downgraded") + ":\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  ") + "\n" + state
                        + " See why the connection ended (the server's log tells), then repeat.",
                cause);
        this.revision = revision;
    }

    /** The revision that was being run. */
    public RevisionId revision() {
        return revision;
    }

    /** Whether a failure is that of the connection, by its SQLSTATE: of class 08, or the server shut the session down. */
    static boolean isToldBy(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }
}
