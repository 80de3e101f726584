package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
import java.util.Optional;

/** What an operation finds when it runs. */
public interface Present {

    /** Nothing is known: there is no connection. */
    Present UNKNOWN = Optional::empty;

    /**
     * The schema at that point; empty without a connection. The question is a barrier: what was recorded before runs
     * first.
     */
    Optional<Schema> schema();

    /**
     * Whether a table is there at that point, one of the database's own that no schema shows included; false without a
     * connection. The question is a barrier, as that for the schema is.
     *
     * @param name as the database spells it
     */
    default boolean hasTable(String name) {
        return false;
    }

    /**
     * The version of the database that runs the statements, for example {@code 3.54.1}, or of the client that a script is
     * for; empty where it is not known, and nothing newer can be taken for granted.
     */
    default Optional<String> version() {
        return Optional.empty();
    }
}
