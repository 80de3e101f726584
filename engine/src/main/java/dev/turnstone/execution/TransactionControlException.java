package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a statement that cannot be part of a revision's transaction: it begins or ends one itself, or the server
 * refuses it in one.
 */
public final class TransactionControlException extends TurnstoneException {

    private final transient @Nullable SqlStatement statement;

    TransactionControlException(RevisionId revision, SqlStatement statement) {
        super("Revision " + revision + " runs in one transaction, and " + statement.location() + " says '"
                + statement.text().lines().findFirst().orElse("") + "', "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "which the server refuses in a transaction."
                        : "which begins or ends one.")
                + " Nothing of this revision remains applied. "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "Put it between '-- autocommit' and '-- end', or in a revision of its own with the header line"
                                + " '-- no transaction' (autocommit() and transaction = false for a class)."
                        : "Take it out: the engine commits the revision together with its version row."));
        this.statement = statement;
    }

    private TransactionControlException(String message) {
        super(message);
        this.statement = null;
    }

    /**
     * @throws TransactionControlException when one of the statements cannot be in the revision's transaction
     */
    static void refuseHostile(RevisionId revision, List<SqlStatement> statements) {
        for (SqlStatement statement : statements) {
            SqlStatement.Traits traits = statement.traits();
            if (!traits.fitsTransaction() && traits != SqlStatement.Traits.OUTSIDE) {
                throw new TransactionControlException(revision, statement);
            }
        }
    }

    /** A revision of which something stands outside of a transaction, in a run that is one. */
    static TransactionControlException outsideInRun(RevisionId revision, Set<RevisionId> rows) {
        return new TransactionControlException("The run is to be one transaction, and revision " + revision
                + " holds what cannot be in one. Nothing remains applied; the version is still "
                + Aftermath.version(rows)
                + ". Upgrade up to the revision before it in one run, and from there with a transaction for each"
                + " revision.");
    }

    /** The statement that was refused; null where it is a whole revision. */
    public @Nullable SqlStatement statement() {
        return statement;
    }
}
