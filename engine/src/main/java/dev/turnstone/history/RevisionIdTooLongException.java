package dev.turnstone.history;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;

/** Thrown before anything runs when an identifier is longer than the column of the version table. */
public final class RevisionIdTooLongException extends TurnstoneException {

    RevisionIdTooLongException(RevisionId id, String table, int width) {
        super("Revision id '" + id + "' has " + id.value().length() + " characters, and the column version_num of "
                + table + " allows " + width + ". Nothing was run. Widen that column, or shorten the id.");
    }
}
