package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.execution.Transactions;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.PlannedSql;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.util.List;

/**
 * Checks before anything runs whether the steps of a path can run in the transactions that the options require. The
 * statements of a Java migration are known only when it runs, and are checked then.
 */
record PlannedTransactions(Scripts scripts, Dialect dialect, Transactions transactions) {

    /**
     * @throws TransactionControlException for a statement that cannot run in its revision's transaction, or a
     *     revision that cannot run in the transaction of the run
     */
    void check(List<Step> path) {
        for (Step step : path) {
            MigrationScript script = scripts.script(step.revision().id());
            TransactionMode mode = script.transaction(step.direction(), dialect.name());
            boolean runs = script.downgrade(dialect.name()) instanceof Downgrade.Defined
                    || step.direction() == Direction.UPGRADE;
            if (runs && script.migration() instanceof PlannedSql planned) {
                if (transactions == Transactions.PER_RUN
                        && planned.leavesTransaction(step.direction(), dialect.name())) {
                    throw TransactionControlException.outsideInRun(
                            script.id(), path.get(0).before());
                }
                if (mode == TransactionMode.PER_REVISION && transactions != Transactions.NONE) {
                    for (SqlText text : planned.inTransaction(step.direction(), dialect.name())) {
                        TransactionControlException.requireTransactional(script.id(), dialect.split(text));
                    }
                }
            }
            if (runs && transactions == Transactions.PER_RUN && mode == TransactionMode.NONE) {
                throw TransactionControlException.outsideInRun(
                        script.id(), path.get(0).before());
            }
        }
    }
}
