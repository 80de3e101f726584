package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
import java.util.Optional;

/** The state of the database at the point where an operation runs. */
public interface Present {

    /** The state is unknown, because there is no connection. */
    Present UNKNOWN = Optional::empty;

    /**
     * Returns the schema at that point; empty without a connection. The call is a barrier: statements that were
     * recorded before it run first.
     */
    Optional<Schema> schema();

    /**
     * Returns whether a table exists at that point, including system tables; false without a connection. The call is a
     * barrier, as {@link #schema()} is.
     *
     * @param name the name as stored in the catalog
     */
    default boolean hasTable(String name) {
        return false;
    }

    /**
     * Returns the version of the database that runs the statements, for example {@code 3.54.1}, or of the client that a
     * script is for; empty if not known. If it is not known, assume the oldest supported version.
     */
    default Optional<String> version() {
        return Optional.empty();
    }
}
