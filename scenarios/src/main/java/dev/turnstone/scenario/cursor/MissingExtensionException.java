package dev.turnstone.scenario.cursor;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;

/**
 * Thrown when a history creates an extension that the server does not provide. The scenario is skipped with this
 * reason.
 */
public final class MissingExtensionException extends TurnstoneException {

    private final String extension;

    MissingExtensionException(String extension, SqlStatement statement, String server) {
        super("The extension " + extension + ", which " + statement.location() + " creates, is not installed on "
                + server + ". Install it there, or name another server with --url.");
        this.extension = extension;
    }

    /** Returns the name of the extension that the server does not provide. */
    public String extension() {
        return extension;
    }
}
