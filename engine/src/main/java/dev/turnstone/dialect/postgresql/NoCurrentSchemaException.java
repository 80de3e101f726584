package dev.turnstone.dialect.postgresql;

import dev.turnstone.error.TurnstoneException;

/** Thrown if the {@code search_path} of a connection names no existing schema that the role may use. */
public final class NoCurrentSchemaException extends TurnstoneException {

    NoCurrentSchemaException(String searchPath) {
        super("The connection's search_path is '" + searchPath + "', and it names no existing schema that the"
                + " role may use.\nCreate the schema, or set search_path (on the URL: currentSchema=NAME).");
    }
}
