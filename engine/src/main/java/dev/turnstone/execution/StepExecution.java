package dev.turnstone.execution;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.PlannedSql;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: the revision's statements and the change of the version rows. On one thread; after a failure that has
 * left nothing, it can be run again.
 *
 * <p>A connection comes in autocommit mode, without a transaction or with that of the whole run, and is left so, whatever
 * happens. PostgreSQL gets a revision's statements together, in as few round trips as its barriers allow; when one of
 * them fails, the revision is rolled back and its statements are sent one by one in a transaction that is rolled back
 * too, only to find out which it was.
 */
final class StepExecution implements LockAttempts.Attempt<Boolean> {

    private final Surroundings surroundings;
    private final Connection connection;
    private final Dialect dialect;
    private final MigrationScript script;
    private final Step step;
    private final Precondition stillDue;
    private final Telling telling;
    private final PreconditionCheck preconditions;
    private final StepFailures failures;

    /** Held while the transaction rebuilds tables; null as long as none is known to be rebuilt. */
    private @Nullable SuspendedForeignKeys foreignKeys;

    /** Whether no one else can run the step while it is out of its transaction. */
    private boolean alone;

    private boolean hasLeftNothing = true;
    private boolean readsRowsBack;
    private @Nullable Set<RevisionId> rowsAfter;

    /**
     * @param stillDue asked inside the transaction, where there is one, before anything runs
     */
    StepExecution(Surroundings surroundings, MigrationScript script, Step step, Precondition stillDue) {
        this.surroundings = surroundings;
        this.connection = surroundings.connection();
        this.dialect = surroundings.dialect();
        this.script = script;
        this.step = step;
        this.stillDue = stillDue;
        this.telling = new Telling(surroundings.listener(), step);
        this.preconditions = new PreconditionCheck(connection, dialect, script, step, telling);
        this.failures = new StepFailures(script, step, dialect, surroundings.ofRun());
        this.alone = surroundings.alone();
    }

    /** Verifies, once the transaction holds its lock, that the step may still run. */
    interface Precondition {
        boolean holds() throws SQLException;
    }

    /**
     * Runs the step.
     *
     * @return whether it ran; not where it is no longer due
     * @throws StatementFailedException when the database refuses a statement of the revision
     * @throws TransactionControlException for a statement that cannot be part of the revision's transaction
     * @throws PreconditionFailedException when the revision's author wants the run to end before it
     * @throws MigrationCodeException when the migration's own code fails
     * @throws ConnectionLostException when the connection ends
     */
    @Override
    public Boolean run() throws SQLException {
        telling.again();
        hasLeftNothing = true;
        rowsAfter = null;
        try {
            return usesOneTransaction() ? runInTransactionIfTaken() : runWithoutTransaction();
        } catch (SQLException e) {
            if (ConnectionLostException.isToldBy(e)) {
                throw failures.lost(e, Aftermath.notBegun(step.before()).words());
            }
            throw e;
        }
    }

    @Override
    public boolean hasLeftNothing() {
        return hasLeftNothing;
    }

    /** Asks for the version rows that the step leaves, where that takes no round trip of its own. */
    void readRowsBack() {
        readsRowsBack = true;
    }

    /** The version rows as the step has left them; null where they were not asked for. */
    @Nullable
    Set<RevisionId> rowsAfter() {
        return rowsAfter;
    }

    private boolean usesOneTransaction() {
        if (surroundings.options().transactions() == Transactions.NONE) {
            return false;
        }
        return switch (mode()) {
            case PER_REVISION -> true;
            case NONE -> false;
            case AS_WRITTEN -> recordAll().stream().allMatch(s -> s.traits().fitsTransaction());
        };
    }

    private TransactionMode mode() {
        return script.transaction(step.direction(), dialect.name());
    }

    /** All statements of a script that has no barriers, as another tool's files have none. */
    private List<SqlStatement> recordAll() {
        RecordingOperations operations = operations(statements -> {
            throw new IllegalStateException("A file of another tool has no guards.");
        });
        record(operations);
        return operations.takeRecorded();
    }

    /**
     * Runs in one transaction; another tool's file goes without one where the server says so, as it does for an enum value
     * that is used in the transaction which added it.
     */
    private boolean runInTransactionIfTaken() throws SQLException {
        try {
            return runInTransactionThatBeginsRight();
        } catch (StatementFailedException failure) {
            if (mode() != TransactionMode.AS_WRITTEN
                    || surroundings.ofRun() != null
                    || !(failure.getCause() instanceof SQLException cause)
                    || !Dialect.isRefusedInTransaction(cause)) {
                throw failure;
            }
            telling.again();
            return runWithoutTransaction();
        }
    }

    private boolean runInTransactionThatBeginsRight() throws SQLException {
        boolean leaves = !alone
                && script.migration() instanceof PlannedSql planned
                && planned.leavesTransaction(step.direction(), dialect.name());
        if (leaves) {
            return runWithoutOthers();
        }
        try {
            return runInTransaction();
        } catch (RestartException.RebuildAhead rebuild) {
            if (surroundings.ofRun() != null) {
                throw rebuild;
            }
            return runWithoutForeignKeys();
        } catch (RestartException.OutsideAhead outside) {
            // A class may rebuild tables behind the gap, where it would be too late to begin again.
            return runWithoutOthersNorForeignKeys();
        }
    }

    private boolean runWithoutOthers() throws SQLException {
        try (StartLock lock = dialect.lockWithoutTransaction(connection, surroundings.patience())) {
            alone = true;
            return runInTransaction();
        }
    }

    private boolean runWithoutOthersNorForeignKeys() throws SQLException {
        try (StartLock lock = dialect.lockWithoutTransaction(connection, surroundings.patience())) {
            alone = true;
            return runWithoutForeignKeys();
        }
    }

    /** Runs again, from the beginning: foreign keys cannot be switched off within a transaction. */
    private boolean runWithoutForeignKeys() throws SQLException {
        telling.again();
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        foreignKeys = suspended;
        try {
            return runInTransaction();
        } catch (RestartException.OutsideAhead outside) {
            try (StartLock lock = dialect.lockWithoutTransaction(connection, surroundings.patience())) {
                alone = true;
                telling.again();
                return runInTransaction();
            }
        } finally {
            foreignKeys = null;
            suspended.restore();
        }
    }

    private boolean runInTransaction() throws SQLException {
        SuspendedForeignKeys suspended = foreignKeys;
        try (Transaction transaction = surroundings.begin()) {
            Delivery delivery =
                    Delivery.together(connection, dialect, this::rebuildWithinTransaction, gapIn(transaction));
            if (!stillDue.holds()) {
                return false;
            }
            telling.started();
            if (suspended != null) {
                suspended.begin();
            }
            try {
                callHook("before", () -> failures.rolledBack("Correct the hook, then repeat."));
                runBody(delivery, true, () -> failures.rolledBack(delivery, StepFailures.REPEAT), telling::ran);
                delivery.endInTransaction();
                if (suspended != null) {
                    suspended.check();
                }
                changeVersionRows(() -> failures.rolledBack(delivery, StepFailures.LOOK));
                callHook("after", () -> failures.rolledBack(delivery, "Correct the hook, then repeat."));
                commit(
                        transaction,
                        () -> failures.rolledBack(delivery, StepFailures.DEFERRED),
                        () -> failures.lostAtEnd(delivery));
                return true;
            } catch (SendFailure failure) {
                hasLeftNothing = delivery.lasting().isEmpty();
                transaction.close();
                throw located(failure, delivery);
            } catch (DatabaseException e) {
                hasLeftNothing = delivery.lasting().isEmpty();
                throw failures.lostIfSo(e, e.sqlException(), failures.lostWithin(delivery));
            } catch (TurnstoneException e) {
                hasLeftNothing = delivery.lasting().isEmpty();
                throw e;
            }
        }
    }

    /** How statements that stand outside of the transaction interrupt it. */
    private Delivery.Gap gapIn(Transaction transaction) {
        return new Delivery.Gap() {
            @Override
            public void leave(Delivery delivery) throws SQLException {
                if (surroundings.ofRun() != null) {
                    throw TransactionControlException.outsideInRun(
                            script.id(), surroundings.ofRun().rowsAtStart());
                }
                if (!alone) {
                    throw new RestartException.OutsideAhead();
                }
                if (foreignKeys != null) {
                    foreignKeys.check();
                }
                commit(
                        transaction,
                        () -> failures.rolledBack(delivery, StepFailures.DEFERRED),
                        () -> failures.lostAtGap(delivery));
            }

            @Override
            public void enter() throws SQLException {
                transaction.again(dialect, surroundings.patience());
            }
        };
    }

    private void rebuildWithinTransaction(Runnable send) {
        boolean suspendedByRun =
                surroundings.ofRun() != null && surroundings.ofRun().suspendedForeignKeys();
        if (foreignKeys == null && !suspendedByRun) {
            throw new RestartException.RebuildAhead();
        }
        send.run();
    }

    private void rebuildInOwnTransaction(Runnable send) throws SQLException {
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        try (Transaction transaction = surroundings.begin()) {
            suspended.begin();
            send.run();
            suspended.check();
            transaction.commit();
        } finally {
            suspended.restore();
        }
    }

    private void commit(Transaction transaction, Supplier<Aftermath> ifRefused, Supplier<String> ifLost) {
        try {
            transaction.commit();
        } catch (SQLException e) {
            if (ConnectionLostException.isToldBy(e)) {
                throw failures.lost(e, ifLost.get());
            }
            throw failures.ofStatement(null, e, ifRefused.get());
        }
    }

    private boolean runWithoutTransaction() throws SQLException {
        if (surroundings.ofRun() != null) {
            throw TransactionControlException.outsideInRun(
                    script.id(), surroundings.ofRun().rowsAtStart());
        }
        try (StartLock lock = dialect.lockWithoutTransaction(connection, surroundings.patience())) {
            return holdsInTransaction() && runAlone();
        }
    }

    /** What the precondition makes, such as the version table with its companion, is made as a whole or not at all. */
    private boolean holdsInTransaction() throws SQLException {
        try (Transaction transaction = surroundings.begin()) {
            boolean holds = stillDue.holds();
            transaction.commit();
            return holds;
        }
    }

    private boolean runAlone() {
        telling.started();
        Delivery delivery = Delivery.alone(connection, dialect, this::rebuildInOwnTransaction);
        boolean clears = script.format() == Format.TURNSTONE;
        if (clears) {
            delivery.clearsHalfMade();
        }
        try (Transaction authorsOwn = Transaction.leftOpen(connection)) {
            callHook("before", () -> failures.committed(delivery, "Correct the hook, then repeat."));
            runBody(
                    delivery,
                    false,
                    () -> failures.committed(delivery, "Correct the code, then repeat."),
                    telling::ran);
            noteAsDone(delivery, authorsOwn);
            return true;
        } catch (SendFailure failure) {
            hasLeftNothing = clears && !delivery.hasSent();
            throw failures.withoutTransaction(failure, delivery);
        } catch (DatabaseException e) {
            hasLeftNothing = !delivery.hasSent();
            throw failures.lostIfSo(
                    e, e.sqlException(), failures.cut(delivery, null).words());
        } catch (TurnstoneException e) {
            hasLeftNothing = !delivery.hasSent();
            throw e;
        }
    }

    /** The version row follows what is committed already; where it cannot, the revision is done and not noted. */
    private void noteAsDone(Delivery delivery, Transaction authorsOwn) {
        Aftermath done = Aftermath.doneButNotNoted(step.before(), step.after());
        try {
            if (delivery.leftTransactionOpen()) {
                changeVersionRows(() -> failures.committed(delivery, StepFailures.LOOK));
                callHook("after", () -> failures.committed(delivery, StepFailures.LOOK));
                authorsOwn.commit();
                return;
            }
            try (Transaction transaction = surroundings.begin()) {
                changeVersionRows(() -> done);
                callHook("after", () -> done);
                transaction.commit();
            }
            authorsOwn.isEnded();
        } catch (SQLException e) {
            throw ConnectionLostException.isToldBy(e)
                    ? failures.lost(e, done.words())
                    : new DatabaseException("commit the version of revision " + script.id(), e, done.words());
        } catch (DatabaseException e) {
            throw failures.lostIfSo(e, e.sqlException(), done.words());
        }
    }

    /** Finds the statement that failed, where several travelled together; nothing of the step is there any more. */
    private TurnstoneException located(SendFailure failure, Delivery delivery) {
        SQLException said = failure.sqlException();
        if (ConnectionLostException.isToldBy(said)
                || failure.statement() != null
                || !delivery.lasting().isEmpty()) {
            return failures.inTransaction(failure, delivery);
        }
        Delivery.Gap end = new Delivery.Gap() {
            @Override
            public void leave(Delivery delivery) {
                throw new IllegalStateException("What failed stood before the end of the transaction.");
            }

            @Override
            public void enter() {}
        };
        try (Transaction replay = surroundings.begin()) {
            Delivery again = Delivery.singly(connection, dialect, this::rebuildWithinTransaction, end);
            runBody(again, true, () -> failures.rolledBack(StepFailures.REPEAT), statements -> {});
        } catch (SendFailure alone) {
            return failures.ofStatement(
                    alone.statement(), alone.sqlException(), failures.rolledBack(StepFailures.REPEAT));
        } catch (SQLException | RuntimeException e) {
            said.addSuppressed(e);
        }
        return failures.ofStatement(
                null,
                said,
                failures.rolledBack("The failure is not reproducible: sent one by one, all statements passed"
                        + " (and were rolled back too). It may depend on data, on other sessions or on a sequence."
                        + " Repeat."));
    }

    /**
     * Runs the body.
     *
     * @param withinTransaction whether a transaction is open around it
     * @param aftermath what a failure of the migration's own code leaves
     */
    private void runBody(
            Delivery delivery,
            boolean withinTransaction,
            Supplier<Aftermath> aftermath,
            RecordingOperations.Outlet heard) {
        RecordingOperations.Outlet outlet = statements -> {
            check(statements);
            noteSettings(statements);
            delivery.send(statements);
            heard.send(statements);
        };
        Supplier<Aftermath> ended = () -> withinTransaction
                ? failures.rolledBack(PreconditionCheck.NEXT)
                : failures.committed(delivery, PreconditionCheck.NEXT);
        if (!preconditions.allows(withinTransaction, ended)) {
            return;
        }
        RecordingOperations operations = operations(outlet);
        try {
            record(operations);
        } catch (CannotRenderException e) {
            delivery.throwFailure();
            throw delivery.hasSent() ? e.after(aftermath.get().words()) : e;
        } catch (TurnstoneException | RestartException e) {
            delivery.throwFailure();
            throw e;
        } catch (RuntimeException e) {
            // The database's own words count more than what a migration makes of them.
            delivery.throwFailure();
            if (script.checksum() != null) {
                // A file of SQL has no code of its own that could fail: this is a defect of Turnstone.
                throw e;
            }
            throw new MigrationCodeException(script.revision(), step.direction(), aftermath.get(), e);
        }
        delivery.throwFailure();
        outlet.send(operations.takeRecorded());
    }

    private void callHook(String moment, Supplier<Aftermath> aftermath) {
        StepHook hook = surroundings.options().hook();
        if (hook == StepHook.NONE || step.rowChanges().isEmpty()) {
            return;
        }
        try {
            Connection lent = LentConnection.of(connection);
            if (moment.equals("before")) {
                hook.before(step, lent);
            } else {
                hook.after(step, lent);
            }
        } catch (SQLException | RuntimeException e) {
            throw new StepHookException(script.id(), moment, aftermath.get(), e);
        }
    }

    private void check(List<SqlStatement> statements) {
        if (mode() == TransactionMode.PER_REVISION && surroundings.options().transactions() != Transactions.NONE) {
            TransactionControlException.refuseHostile(script.id(), statements);
        }
    }

    private void noteSettings(List<SqlStatement> statements) {
        try {
            surroundings.settings().beforeRunning(statements);
        } catch (SQLException e) {
            throw new DatabaseException("read the settings of the connection", e);
        }
    }

    private RecordingOperations operations(RecordingOperations.Outlet outlet) {
        return new RecordingOperations(
                dialect, connection, surroundings.schema(), script.revision().origin(), outlet);
    }

    private void record(RecordingOperations operations) {
        if (step.direction() == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
    }

    private void changeVersionRows(Supplier<Aftermath> aftermath) {
        VersionTable versionTable = surroundings.versionTable();
        try {
            VersionRowChange change = new VersionRowChange(connection, versionTable);
            List<String> checksums = surroundings.checksums().statements(step);
            if (readsRowsBack) {
                rowsAfter = change.makeAndRead(step.rowChanges(), checksums, aftermath);
            } else {
                change.make(step.rowChanges(), checksums, aftermath);
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "write the version of revision " + script.id() + " to " + versionTable.name(),
                    e,
                    aftermath.get().words());
        }
    }
}
