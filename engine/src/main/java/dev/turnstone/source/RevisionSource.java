package dev.turnstone.source;

import java.util.List;

/** A place that holds revisions. Implementations are immutable and thread-safe. */
public interface RevisionSource {

    /**
     * Reads all revisions that this place holds.
     *
     * @return in no particular order
     * @throws dev.turnstone.error.TurnstoneException when something there is nearly a revision, but not quite
     */
    List<MigrationScript> load();

    /** The place, for messages: a directory's path, or {@code classpath:db/migrations}. */
    String describe();
}
