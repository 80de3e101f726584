package dev.turnstone.scenario.cursor;

import dev.turnstone.database.Boundary;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.MigrationTool;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown before a database is created, if the history must provably stay in one database schema and the statements of a
 * revision class cannot be read without a database.
 */
public final class UnseenRevisionException extends TurnstoneException {

    private final transient List<RevisionId> revisions;

    private UnseenRevisionException(List<RevisionId> revisions, String server) {
        super("The history was not run on " + server + ": the statements of "
                + revisions.stream().map(RevisionId::toString).collect(Collectors.joining(", "))
                + " cannot be read without a database, because the class uses the connection or asks the database."
                + " No database was made.\nThe role of the URL may not create databases, so the history would run in a"
                + " schema of a database with other data. Give the role the right CREATEDB, or use a server that Turnstone"
                + " starts (turnstone.postgres.source=embedded).");
        this.revisions = List.copyOf(revisions);
    }

    /** Returns the revisions whose statements cannot be read without a database; at least one. */
    public List<RevisionId> revisions() {
        return revisions;
    }

    static void requireNone(MigrationTool tool, Dialect dialect, TestDatabases databases) {
        if (databases.areClusterChangesAllowed() || !databases.isServerNamed()) {
            return;
        }
        List<RevisionId> unseen = tool.unseen(dialect);
        if (!unseen.isEmpty() && databases.boundary(dialect) == Boundary.SCHEMA_ONLY) {
            throw new UnseenRevisionException(unseen, databases.server(dialect));
        }
    }
}
