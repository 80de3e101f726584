package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.Set;

/** Thrown when the version table does not hold what it should: someone else changed it meanwhile. */
public final class VersionRowException extends TurnstoneException {

    private VersionRowException(String message) {
        super(message);
    }

    static VersionRowException inStatement(String table, String statement, int rows, String aftermath) {
        return new VersionRowException("The version table " + table + " was changed by someone else: '" + statement
                + "' changed " + rows + " rows instead of 1. " + aftermath);
    }

    static VersionRowException contradictory(String table, Set<RevisionId> read) {
        return new VersionRowException("The version table " + table + " contradicts itself: it says "
                + Aftermath.version(read) + " when it is read, and something else in the transaction of the next"
                + " revision. The revision was not run. The catalog of the database is damaged, for example by a"
                + " change of sqlite_schema, or another process changes the version all the time. Look at the"
                + " database with a new connection.");
    }

    static VersionRowException beforeStep(String table, Set<RevisionId> expected, Set<RevisionId> found) {
        return new VersionRowException("The version table " + table + " was changed by someone else: it said "
                + Aftermath.version(expected) + " and now says " + Aftermath.version(found)
                + ". The revision was not run. Look at current, then repeat.");
    }
}
