package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;

/**
 * Thrown for a statement that cannot be part of a revision's transaction: it begins or ends one itself, or the server
 * refuses it in one.
 */
public final class TransactionControlException extends TurnstoneException {

    private final transient SqlStatement statement;

    TransactionControlException(RevisionId revision, SqlStatement statement) {
        super("Revision " + revision + " runs in one transaction, and " + statement.location() + " says '"
                + statement.text().lines().findFirst().orElse("") + "', "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "which the server refuses in a transaction."
                        : "which begins or ends one.")
                + " Nothing of this revision remains applied. "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "Put it in a revision of its own with the header line '-- no transaction'"
                                + " (transaction = false for a class)."
                        : "Take it out: the engine commits the revision together with its version row."));
        this.statement = statement;
    }

    /** The statement that was refused. */
    public SqlStatement statement() {
        return statement;
    }
}
