package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;

/** Thrown before anything runs when a downgrade would revert a revision that has no downgrade. */
public final class MissingDowngradeException extends TurnstoneException {

    public MissingDowngradeException(Revision revision, String database) {
        super("Revision " + revision.id() + " (" + revision.origin() + ") has no downgrade for " + database
                + ". Nothing was run. Write one, or declare why there is none: '-- keep: REASON' if the version may be"
                + " downgraded without a change, '-- irreversible: REASON' if it may not (keep or irreversible of"
                + " @RevisionHeader).");
    }
}
