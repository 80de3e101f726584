package dev.turnstone.source;

import java.util.List;

/** A source of revisions, such as a directory. Implementations are immutable and thread-safe. */
public interface RevisionSource {

    /**
     * Reads all revisions of this source.
     *
     * @return the revisions in no particular order
     * @throws dev.turnstone.error.TurnstoneException if a file or class is invalid or only nearly a revision
     */
    List<MigrationScript> load();

    /** Returns a description for messages: a directory's path, or {@code classpath:db/migrations}. */
    String describe();
}
