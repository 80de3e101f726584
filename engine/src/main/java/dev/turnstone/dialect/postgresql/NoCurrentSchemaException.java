package dev.turnstone.dialect.postgresql;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a connection whose {@code search_path} names no schema that is there. */
public final class NoCurrentSchemaException extends TurnstoneException {

    NoCurrentSchemaException(String searchPath) {
        super("The connection's search_path is '" + searchPath + "', and none of it is a schema that is there and that"
                + " may be used.\nCreate the schema, or set search_path (on the URL: currentSchema=NAME).");
    }
}
