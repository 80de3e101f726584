package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when a named server cannot be connected to. No other server is used in its place. */
public final class DatabaseUnreachableException extends TurnstoneException {

    private final String location;

    DatabaseUnreachableException(DatabaseSettings.NamedServer server, SQLException cause) {
        super(
                "Cannot connect to " + server.url().describe() + ", the PostgreSQL server that " + server.origin()
                        + " names. The driver reports: " + words(cause)
                        + "\nNothing was created, and no other server is used instead. Start the server, correct "
                        + server.origin() + ", or set turnstone.postgres.source=embedded.",
                cause);
        this.location = server.url().location();
    }

    /** The address that was tried: {@code host:port/database}. */
    public String location() {
        return location;
    }

    private static String words(SQLException cause) {
        String words = String.valueOf(cause.getMessage());
        Throwable reason = cause.getCause();
        return reason == null || reason.getMessage() == null || words.contains(reason.getMessage())
                ? words
                : words + " (" + reason.getMessage() + ")";
    }
}
