package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;

/**
 * Thrown when a script would contain a revision with preconditions that forbid it, because a script cannot check them.
 */
public final class UnscriptedPreconditionException extends TurnstoneException {

    public UnscriptedPreconditionException(Revision revision) {
        super("Revision " + revision.id() + " (" + revision.origin()
                + ") has preconditions with onSqlOutput:FAIL: a script cannot check them and must not contain the"
                + " revision. Nothing was written. Run this revision on the database, or write a script that starts"
                + " after it.");
    }
}
