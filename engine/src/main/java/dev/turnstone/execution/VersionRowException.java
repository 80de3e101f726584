package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.Set;

/** Thrown when the version table does not hold what it should: someone else changed it meanwhile. */
public final class VersionRowException extends TurnstoneException {

    VersionRowException(String table, String statement, int rows) {
        super("The version table " + table + " was changed by someone else: '" + statement + "' changed " + rows
                + " rows instead of 1. The revision was rolled back. Look at current, then repeat.");
    }

    VersionRowException(String table, String expected, Set<RevisionId> found) {
        super("The version table " + table + " was changed by someone else: it said " + expected + " and now says "
                + StepExecution.versionWords(found) + ". The revision was not run. Look at current, then repeat.");
    }
}
