package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;

/** Thrown for a statement that the target version of a script does not support. */
public final class TargetVersionException extends TurnstoneException {

    private final transient RevisionId revision;
    private final transient SqlStatement statement;

    public TargetVersionException(
            Revision revision, SqlStatement statement, String form, String title, String since, String target) {
        super("Revision " + revision.id() + ", " + statement.location() + ": " + form + " requires " + title + " "
                + since
                + " or later, but the script is for " + target
                + ". No script was written. Give that dialect a section without it (in Java: batchAlterTable with copyFrom"
                + " and Recreate.ALWAYS rebuilds the table), or name a later --target-version.");
        this.revision = revision.id();
        this.statement = statement;
    }

    /** Returns the revision. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns the unsupported statement. */
    public SqlStatement statement() {
        return statement;
    }
}
