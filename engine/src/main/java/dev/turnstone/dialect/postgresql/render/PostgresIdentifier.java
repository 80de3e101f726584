package dev.turnstone.dialect.postgresql.render;

import dev.turnstone.dialect.CannotRenderException;
import java.nio.charset.StandardCharsets;

/** Quotes the names of objects for PostgreSQL. */
public final class PostgresIdentifier {

    private static final int MAX_BYTES = 63;

    private PostgresIdentifier() {}

    /**
     * Quotes an identifier.
     *
     * @throws CannotRenderException if the identifier is empty, contains NUL, or is longer than 63 bytes: the server
     *     would truncate it and so refer to another object
     */
    public static String quoted(String identifier) {
        if (identifier.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || identifier.isEmpty()
                || identifier.indexOf('\0') >= 0) {
            throw new CannotRenderException(
                    "PostgreSQL",
                    "use the name \"" + identifier + "\": a name has 1 to " + MAX_BYTES + " bytes and no NUL character",
                    "Choose another name.");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
