package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.Set;

/** Thrown when the version table does not contain the expected rows, because another session changed it. */
public final class VersionRowException extends TurnstoneException {

    private VersionRowException(String message) {
        super(message);
    }

    public static VersionRowException inStatement(String table, String statement, int rows, String stateLeft) {
        return new VersionRowException("The version table " + table + " was changed by another session: '" + statement
                + "' changed " + rows + " rows instead of 1. " + stateLeft);
    }

    public static VersionRowException contradictory(String table, Set<RevisionId> read) {
        return new VersionRowException("The version table " + table + " contradicts itself: a read returns "
                + StateLeftBehind.version(read) + ", and a read in the transaction of the next revision returns another"
                + " version. The revision was not run. The catalog of the database is damaged, for example by a"
                + " change of sqlite_schema, or another process keeps changing the version. Check the database with a"
                + " new connection.");
    }

    public static VersionRowException beforeStep(String table, Set<RevisionId> expected, Set<RevisionId> found) {
        return new VersionRowException("The version table " + table + " was changed by another session: it contained "
                + StateLeftBehind.version(expected) + " and now contains " + StateLeftBehind.version(found)
                + ". The revision was not run. Check the version with 'current', then repeat.");
    }
}
