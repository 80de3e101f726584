package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.execution.Transactions;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.PlannedSql;
import dev.turnstone.source.Scripts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The decision in which transactions the statements of a step run. A run and an offline script use the same plan.
 *
 * <p>A plan is made before the step runs. The statements of a Java migration are known only while it runs;
 * {@link #extendedFor} returns the plan that they require. Immutable and thread-safe.
 *
 * @param extent how many statements share a transaction
 * @param reason why
 * @param exclusion how other starts are kept from running the same step
 * @param suspendsForeignKeys whether the database must not enforce foreign keys during the transaction of the
 *     revision, because it rebuilds tables
 */
public record TransactionPlan(Extent extent, Reason reason, Exclusion exclusion, boolean suspendsForeignKeys) {

    /** How many statements share a transaction. */
    public enum Extent {
        /**
         * All statements of the revision, and its version row. The transaction ends and restarts around statements that
         * their author placed outside of it.
         */
        REVISION,
        /** Each statement commits by itself. The version row is written after the last one. */
        STATEMENT
    }

    /** Why a plan has its extent. */
    public enum Reason {
        /** The revision excludes nothing: it runs in one transaction. */
        REVISION_DEFAULT,
        /** The file of another tool, which determines its own transactions, contains only transactional statements. */
        ALL_TRANSACTIONAL,
        /** The options of the run exclude transactions. */
        RUN_OPTION,
        /** The revision excludes a transaction. */
        DECLARED,
        /** The file of another tool begins or ends transactions itself. */
        AUTHORS_TRANSACTIONS,
        /** The file of another tool contains a statement that the server rejects in a transaction. */
        NEEDS_AUTOCOMMIT,
        /** The server rejected a statement of the file of another tool because of the transaction around it. */
        REFUSED_BY_SERVER
    }

    /** How other starts are kept from running the same step. */
    public enum Exclusion {
        /** The transaction of the step excludes them; statements outside of it would not be protected. */
        BY_TRANSACTION,
        /** The step acquires a lock and holds it until its end. */
        BY_STEP_LOCK,
        /** The run already holds a lock. */
        BY_RUN
    }

    /** Where the statements of a section run. */
    public enum Place {
        /** In the transaction of the revision. */
        TRANSACTION,
        /** After a commit of the revision's transaction, which begins again afterwards. */
        OUTSIDE,
        /** In a transaction of their own, during which foreign keys are not enforced. */
        OWN_TRANSACTION,
        /** Without a transaction of the engine. */
        NONE
    }

    /**
     * Consecutive statements that run in the same place.
     *
     * @param place where they run
     * @param statements at least one
     */
    public record Section(Place place, List<SqlStatement> statements) {}

    /**
     * Makes the plan of a step.
     *
     * @param transactions the option of the run
     * @param excluded whether a lock of the run excludes other starts
     * @param statements the statements of the step; called only for a file of another tool that determines its own
     *     transactions
     */
    public static TransactionPlan of(
            MigrationScript script,
            Direction direction,
            Dialect dialect,
            Transactions transactions,
            boolean excluded,
            Supplier<List<SqlStatement>> statements) {
        Reason reason = reason(script, direction, dialect, transactions, statements);
        boolean together = reason == Reason.REVISION_DEFAULT || reason == Reason.ALL_TRANSACTIONAL;
        if (!together) {
            return new TransactionPlan(Extent.STATEMENT, reason, Exclusion.BY_STEP_LOCK, false);
        }
        boolean leaves = script.migration() instanceof PlannedSql planned
                && planned.leavesTransaction(direction, dialect.name());
        Exclusion exclusion = excluded ? Exclusion.BY_RUN : leaves ? Exclusion.BY_STEP_LOCK : Exclusion.BY_TRANSACTION;
        return new TransactionPlan(Extent.REVISION, reason, exclusion, false);
    }

    private static Reason reason(
            MigrationScript script,
            Direction direction,
            Dialect dialect,
            Transactions transactions,
            Supplier<List<SqlStatement>> statements) {
        if (transactions == Transactions.NONE) {
            return Reason.RUN_OPTION;
        }
        return switch (script.transaction(direction, dialect.name())) {
            case PER_REVISION -> Reason.REVISION_DEFAULT;
            case NONE -> Reason.DECLARED;
            case AS_WRITTEN ->
                statements.get().stream()
                        .map(SqlStatement::traits)
                        .filter(traits -> !traits.fitsTransaction())
                        .findFirst()
                        .map(traits -> traits == Traits.BEGINS || traits == Traits.ENDS
                                ? Reason.AUTHORS_TRANSACTIONS
                                : Reason.NEEDS_AUTOCOMMIT)
                        .orElse(Reason.ALL_TRANSACTIONAL);
        };
    }

    /**
     * Checks before anything runs that the steps of a path can run in the transactions that the options require. The
     * statements of a Java migration are known only when it runs, and are checked then.
     *
     * @throws TransactionControlException for a statement that cannot run in its revision's transaction, or a
     *     revision that cannot run in the transaction of the run
     */
    public static void check(List<Step> path, Scripts scripts, Dialect dialect, Transactions transactions) {
        for (Step step : path) {
            MigrationScript script = scripts.script(step.revision().id());
            boolean runs = step.direction() == Direction.UPGRADE
                    || script.downgrade(dialect.name()) instanceof Downgrade.Defined;
            if (runs) {
                TransactionPlan plan = of(script, step.direction(), dialect, transactions, false, List::of);
                if (transactions == Transactions.PER_RUN && plan.exclusion() != Exclusion.BY_TRANSACTION) {
                    throw TransactionControlException.outsideInRun(
                            script.id(), path.get(0).before());
                }
                if (plan.reason() == Reason.REVISION_DEFAULT && script.migration() instanceof PlannedSql planned) {
                    for (SqlText text : planned.inTransaction(step.direction(), dialect.name())) {
                        plan.check(script, dialect.split(text));
                    }
                }
            }
        }
    }

    /**
     * Checks that the statements can run in the revision's transaction, if the plan requires one.
     *
     * @throws TransactionControlException for the first statement that cannot
     */
    public void check(MigrationScript script, List<SqlStatement> statements) {
        if (reason == Reason.REVISION_DEFAULT) {
            TransactionControlException.requireTransactional(script.id(), statements);
        }
    }

    /**
     * Returns the plan with which the statements can run. If it differs from this plan, the step must start again with
     * it, because locks are acquired and foreign keys are suspended before the transaction begins.
     */
    TransactionPlan extendedFor(List<SqlStatement> statements) {
        if (extent == Extent.STATEMENT) {
            return this;
        }
        if (exclusion == Exclusion.BY_TRANSACTION && contains(statements, Traits.OUTSIDE)) {
            // A Java migration may rebuild tables after these statements, when the step cannot start again.
            return new TransactionPlan(extent, reason, Exclusion.BY_STEP_LOCK, true);
        }
        return contains(statements, Traits.REBUILDS) ? suspendingForeignKeys() : this;
    }

    /** Returns the same plan, with foreign keys suspended around the revision's transaction. */
    TransactionPlan suspendingForeignKeys() {
        return new TransactionPlan(extent, reason, exclusion, true);
    }

    /**
     * Returns the plan without a transaction, if the server rejected a statement only because of the transaction around
     * it, for example for an enum value that is used in the transaction that added it; empty if the revision must run in
     * one.
     */
    Optional<TransactionPlan> afterRefusal(SQLException refusal, Dialect dialect) {
        return reason == Reason.ALL_TRANSACTIONAL && dialect.isRefusedInTransaction(refusal)
                ? Optional.of(
                        new TransactionPlan(Extent.STATEMENT, Reason.REFUSED_BY_SERVER, Exclusion.BY_STEP_LOCK, false))
                : Optional.empty();
    }

    /** Divides statements into sections, in their order. */
    public List<Section> sections(List<SqlStatement> statements) {
        List<Section> sections = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= statements.size(); i++) {
            Place place = place(statements.get(begin));
            if (i == statements.size() || place(statements.get(i)) != place) {
                sections.add(new Section(place, List.copyOf(statements.subList(begin, i))));
                begin = i;
            }
        }
        return sections;
    }

    private Place place(SqlStatement statement) {
        if (extent == Extent.REVISION) {
            return statement.traits() == Traits.OUTSIDE ? Place.OUTSIDE : Place.TRANSACTION;
        }
        return statement.traits() == Traits.REBUILDS ? Place.OWN_TRANSACTION : Place.NONE;
    }

    private static boolean contains(List<SqlStatement> statements, Traits traits) {
        return statements.stream().anyMatch(statement -> statement.traits() == traits);
    }
}
