package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;

/** Thrown when a script would hold a revision whose author forbids that, because a script cannot ask its preconditions. */
public final class UnscriptedPreconditionException extends TurnstoneException {

    UnscriptedPreconditionException(Revision revision) {
        super("Revision " + revision.id() + " (" + revision.origin()
                + ") has preconditions, and says onSqlOutput:FAIL: a"
                + " script, which cannot ask them, must not hold it. Nothing was written. Run this revision on the"
                + " database, or write a script that begins behind it.");
    }
}
