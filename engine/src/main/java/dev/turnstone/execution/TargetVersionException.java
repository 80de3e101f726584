package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;

/** Thrown for a statement that the version which a script is written for does not know. */
public final class TargetVersionException extends TurnstoneException {

    private final transient RevisionId revision;
    private final transient SqlStatement statement;

    TargetVersionException(
            Revision revision, SqlStatement statement, String form, String title, String since, String target) {
        super("Revision " + revision.id() + ", " + statement.location() + ": " + form + " is known to " + title
                + " from version " + since + " on, and the script is to be for " + target
                + ". No script was written. Give that dialect a section without it (in Java: batchAlterTable with copyFrom"
                + " and Recreate.ALWAYS makes the table anew), or name a later --target-version.");
        this.revision = revision.id();
        this.statement = statement;
    }

    /** The revision. */
    public RevisionId revision() {
        return revision;
    }

    /** The statement. */
    public SqlStatement statement() {
        return statement;
    }
}
