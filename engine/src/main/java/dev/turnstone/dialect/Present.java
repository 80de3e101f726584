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
     * The version of the database that runs the statements, for example {@code 3.54.1}, or of the client that a script is
     * for; empty where it is not known, and nothing newer can be taken for granted.
     */
    default Optional<String> version() {
        return Optional.empty();
    }
}
