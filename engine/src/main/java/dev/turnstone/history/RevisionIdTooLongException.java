package dev.turnstone.history;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;

/** Thrown, before anything runs, for an identifier that the version table cannot hold. */
public final class RevisionIdTooLongException extends TurnstoneException {

    RevisionIdTooLongException(RevisionId id, String table, int width) {
        super("Revision id '" + id + "' has " + id.value().length() + " characters, and the column version_num of "
                + table + " holds " + width + ". Nothing was run. Widen that column, or shorten the id.");
    }
}
