package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a statement that cannot run in a revision's transaction: it begins or ends a transaction itself, or the
 * server rejects it in one.
 */
public final class TransactionControlException extends TurnstoneException {

    private final transient @Nullable SqlStatement statement;

    TransactionControlException(RevisionId revision, SqlStatement statement) {
        super("Revision " + revision + " runs in one transaction, and " + statement.location() + " contains '"
                + statement.text().lines().findFirst().orElse("") + "', "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "which the server does not allow in a transaction."
                        : "which begins or ends a transaction.")
                + " Nothing of this revision remains applied. "
                + (statement.traits() == SqlStatement.Traits.NEEDS_AUTOCOMMIT
                        ? "Put it between '-- autocommit' and '-- end', or in a separate revision with the header line"
                                + " '-- no transaction' (autocommit() and transaction = false for a class)."
                        : "Remove it: the engine commits the revision together with its version row."));
        this.statement = statement;
    }

    private TransactionControlException(String message) {
        super(message);
        this.statement = null;
    }

    /**
     * Checks that all statements can run in the transaction of a revision.
     *
     * @throws TransactionControlException if one of them cannot
     */
    public static void requireTransactional(RevisionId revision, List<SqlStatement> statements) {
        for (SqlStatement statement : statements) {
            SqlStatement.Traits traits = statement.traits();
            if (!traits.fitsTransaction() && traits != SqlStatement.Traits.OUTSIDE) {
                throw new TransactionControlException(revision, statement);
            }
        }
    }

    /**
     * Returns the exception for a revision that needs statements outside of a transaction, in a run that is one
     * transaction.
     */
    public static TransactionControlException outsideInRun(RevisionId revision, Set<RevisionId> rows) {
        return new TransactionControlException("The run uses one transaction, and revision " + revision
                + " contains statements that cannot run in one. Nothing remains applied; the version is still "
                + StateLeftBehind.version(rows)
                + ". Upgrade to the previous revision in one run, and continue with one transaction for each"
                + " revision.");
    }

    /** Returns the rejected statement; null if a whole revision was rejected. */
    public @Nullable SqlStatement statement() {
        return statement;
    }
}
