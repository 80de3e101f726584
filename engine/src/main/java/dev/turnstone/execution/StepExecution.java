package dev.turnstone.execution;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: the revision's statements and the change of the version rows. Used once, on one thread.
 *
 * <p>A connection comes in autocommit mode, without a transaction, and is left so, whatever happens. PostgreSQL gets a
 * revision's statements together, in as few round trips as its barriers allow; when one of them fails, the revision is
 * rolled back and its statements are sent one by one in a transaction that is rolled back too, only to find out which it
 * was.
 */
final class StepExecution {

    private static final String REPEAT = "Correct the statement, then repeat.";

    private final Connection connection;
    private final Dialect dialect;
    private final VersionTable versionTable;
    private final String schema;
    private final SessionSettings settings;
    private final Duration patience;
    private final MigrationScript script;
    private final Step step;
    private final KeptChecksums checksums;
    private final StepListener listener;

    /** Held while the transaction rebuilds tables; null as long as none is known to be rebuilt. */
    private @Nullable SuspendedForeignKeys foreignKeys;

    /** How many statements the listener has heard of, and how many of them come again. */
    private int told;

    private int comingAgain;

    StepExecution(
            Connection connection,
            VersionTable versionTable,
            String schema,
            SessionSettings settings,
            Duration patience,
            MigrationScript script,
            Step step,
            KeptChecksums checksums,
            StepListener listener) {
        this.connection = connection;
        this.dialect = versionTable.dialect();
        this.versionTable = versionTable;
        this.schema = schema;
        this.settings = settings;
        this.patience = patience;
        this.script = script;
        this.step = step;
        this.checksums = checksums;
        this.listener = listener;
    }

    /** Verifies, once the transaction holds its lock, that the step may still run. */
    interface Precondition {
        boolean holds() throws SQLException;
    }

    /**
     * Runs the step.
     *
     * @param stillDue asked inside the transaction, where there is one, before anything runs
     * @return whether it ran; not where {@code stillDue} does not hold
     * @throws StatementFailedException when the database refuses a statement of the revision
     * @throws TransactionControlException for a statement that cannot be part of the revision's transaction
     * @throws MigrationCodeException when the migration's own code fails
     * @throws ConnectionLostException when the connection ends
     */
    boolean run(Precondition stillDue) throws SQLException {
        boolean ran;
        try {
            ran = usesOneTransaction() ? runInTransactionIfTaken(stillDue) : runWithoutTransaction(stillDue);
        } catch (RebuildAhead rebuild) {
            ran = runWithoutForeignKeys(stillDue);
        } catch (SQLException e) {
            if (ConnectionLostException.isToldBy(e)) {
                throw lost(e, Aftermath.notBegun(step.before()).words());
            }
            throw e;
        }
        if (ran) {
            listener.finished(step);
        }
        return ran;
    }

    /** Runs again, from the beginning: foreign keys cannot be switched off within a transaction. */
    private boolean runWithoutForeignKeys(Precondition stillDue) throws SQLException {
        comingAgain = told;
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        foreignKeys = suspended;
        try {
            return runInTransaction(stillDue);
        } finally {
            suspended.restore();
        }
    }

    private boolean usesOneTransaction() {
        return switch (script.transaction(step.direction())) {
            case PER_REVISION -> true;
            case NONE -> false;
            case AS_WRITTEN -> recordAll().stream().allMatch(s -> s.traits().fitsTransaction());
        };
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
    private boolean runInTransactionIfTaken(Precondition stillDue) throws SQLException {
        try {
            return runInTransaction(stillDue);
        } catch (StatementFailedException failure) {
            if (script.transaction(step.direction()) != TransactionMode.AS_WRITTEN
                    || !(failure.getCause() instanceof SQLException cause)
                    || !Dialect.isRefusedInTransaction(cause)) {
                throw failure;
            }
            return runWithoutTransaction(stillDue);
        }
    }

    private boolean runInTransaction(Precondition stillDue) throws SQLException {
        SuspendedForeignKeys suspended = foreignKeys;
        Delivery delivery = Delivery.together(connection, dialect, this::rebuildWithinTransaction);
        try (Transaction transaction = Transaction.begin(connection, dialect, patience)) {
            if (!stillDue.holds()) {
                return false;
            }
            if (suspended == null) {
                listener.started(step);
            } else {
                suspended.begin();
            }
            runBody(delivery, rolledBack(REPEAT), this::tellListener);
            if (suspended != null) {
                suspended.check();
            }
            changeVersionRows(rolledBack("Look at current, then repeat."));
            commit(transaction);
            return true;
        } catch (SendFailure failure) {
            throw located(failure);
        } catch (DatabaseException e) {
            throw lostIfSo(e, e.sqlException(), rolledBackByServer());
        }
    }

    private void rebuildWithinTransaction(Runnable send) {
        if (foreignKeys == null) {
            throw new RebuildAhead();
        }
        send.run();
    }

    private void rebuildInOwnTransaction(Runnable send) throws SQLException {
        SuspendedForeignKeys suspended = dialect.suspendForeignKeys(connection);
        try (Transaction transaction = Transaction.begin(connection, dialect, patience)) {
            suspended.begin();
            send.run();
            suspended.check();
            transaction.commit();
        } finally {
            suspended.restore();
        }
    }

    private void commit(Transaction transaction) {
        try {
            transaction.commit();
        } catch (SQLException e) {
            if (ConnectionLostException.isToldBy(e)) {
                throw lost(
                        e,
                        "It was lost at the commit: the revision has run as a whole or not at all; 'current' tells.");
            }
            throw failed(
                    null,
                    e,
                    rolledBack("It was the commit that the database refused, as it does for a constraint that is"
                            + " checked only then. Correct the data or the revision, then repeat."));
        }
    }

    private boolean runWithoutTransaction(Precondition stillDue) throws SQLException {
        try (StartLock alone = dialect.lockWithoutTransaction(connection, patience)) {
            return stillDue.holds() && runAlone();
        }
    }

    private boolean runAlone() {
        listener.started(step);
        Delivery delivery = Delivery.singly(connection, dialect, this::rebuildInOwnTransaction);
        if (script.format() == Format.TURNSTONE) {
            delivery.clearsHalfMade();
        }
        try (Transaction authorsOwn = Transaction.leftOpen(connection)) {
            runBody(delivery, null, this::tellListener);
            noteAsDone(delivery, authorsOwn);
            return true;
        } catch (SendFailure failure) {
            throw failedWithoutTransaction(failure, delivery);
        } catch (DatabaseException e) {
            throw lostIfSo(e, e.sqlException(), cut(delivery, null).words());
        }
    }

    /** The version row follows what is committed already; where it cannot, the revision is done and not noted. */
    private void noteAsDone(Delivery delivery, Transaction authorsOwn) {
        Aftermath done = Aftermath.doneButNotNoted(step.before(), step.after());
        try {
            if (delivery.leftTransactionOpen()) {
                changeVersionRows(committed(delivery, "Look at current, then repeat."));
                authorsOwn.commit();
                return;
            }
            try (Transaction transaction = Transaction.begin(connection, dialect, patience)) {
                changeVersionRows(done);
                transaction.commit();
            }
            authorsOwn.isEnded();
        } catch (SQLException e) {
            throw ConnectionLostException.isToldBy(e)
                    ? lost(e, done.words())
                    : new DatabaseException("commit the version of revision " + script.id(), e, done.words());
        } catch (DatabaseException e) {
            throw lostIfSo(e, e.sqlException(), done.words());
        }
    }

    private TurnstoneException failedWithoutTransaction(SendFailure failure, Delivery delivery) {
        SqlStatement statement = failure.statement();
        boolean lost = ConnectionLostException.isToldBy(failure.sqlException());
        Aftermath left = lost ? cut(delivery, statement) : committed(delivery, REPEAT);
        if (statement != null && statement.text().toUpperCase(Locale.ROOT).matches("(?s).*INDEX\\s+CONCURRENTLY.*")) {
            left = left.butRemains("An index that was being made concurrently may remain, invalid: drop it.");
        }
        return lost ? lost(failure.sqlException(), left.words()) : failed(statement, failure.sqlException(), left);
    }

    private Aftermath cut(Delivery delivery, @Nullable SqlStatement underWay) {
        return Aftermath.cut(delivery.committed(), delivery.uncertain(underWay), step.before());
    }

    private TurnstoneException located(SendFailure failure) {
        SQLException said = failure.sqlException();
        if (ConnectionLostException.isToldBy(said)) {
            return lost(said, rolledBackByServer());
        }
        if (failure.statement() != null) {
            return failed(failure.statement(), said, rolledBack(REPEAT));
        }
        try (Transaction replay = Transaction.begin(connection, dialect, patience)) {
            Delivery again = Delivery.singly(connection, dialect, this::rebuildWithinTransaction);
            runBody(again, rolledBack(REPEAT), statements -> {});
        } catch (SendFailure alone) {
            return failed(alone.statement(), alone.sqlException(), rolledBack(REPEAT));
        } catch (SQLException | RuntimeException e) {
            said.addSuppressed(e);
        }
        return failed(
                null,
                said,
                rolledBack("The failure is not reproducible: sent one by one, all statements passed"
                        + " (and were rolled back too). It may depend on data, on other sessions or on a sequence."
                        + " Repeat."));
    }

    private Aftermath rolledBack(String next) {
        return Aftermath.rolledBack(step.before(), next);
    }

    private Aftermath committed(Delivery delivery, String next) {
        return Aftermath.committed(delivery.committed(), step.before(), next);
    }

    private StatementFailedException failed(@Nullable SqlStatement statement, SQLException cause, Aftermath aftermath) {
        return new StatementFailedException(
                script.id(), step.direction(), dialect.title(), statement, cause, aftermath);
    }

    private TurnstoneException lostIfSo(TurnstoneException otherwise, SQLException cause, String state) {
        return ConnectionLostException.isToldBy(cause) ? lost(cause, state) : otherwise;
    }

    private String rolledBackByServer() {
        return "The server rolls the revision back by itself; the version is still " + Aftermath.version(step.before())
                + ".";
    }

    private ConnectionLostException lost(SQLException cause, String state) {
        return new ConnectionLostException(script.id(), step.direction(), dialect.title(), state, cause);
    }

    /**
     * Runs the body.
     *
     * @param aftermath what a failure of the migration's own code leaves; null for what {@code delivery} has committed
     */
    private void runBody(Delivery delivery, @Nullable Aftermath aftermath, RecordingOperations.Outlet heard) {
        RecordingOperations.Outlet outlet = statements -> {
            check(statements);
            noteSettings(statements);
            delivery.send(statements);
            heard.send(statements);
        };
        RecordingOperations operations = operations(outlet);
        try {
            record(operations);
        } catch (CannotRenderException e) {
            delivery.throwFailure();
            throw delivery.hasSent() ? e.after(left(aftermath, delivery).words()) : e;
        } catch (TurnstoneException e) {
            delivery.throwFailure();
            throw e;
        } catch (RuntimeException e) {
            // The database's own words count more than what a migration makes of them.
            delivery.throwFailure();
            throw new MigrationCodeException(script.revision(), step.direction(), left(aftermath, delivery), e);
        }
        delivery.throwFailure();
        outlet.send(operations.takeRecorded());
    }

    private Aftermath left(@Nullable Aftermath aftermath, Delivery delivery) {
        return aftermath == null ? committed(delivery, "Correct the code, then repeat.") : aftermath;
    }

    private void tellListener(List<SqlStatement> statements) {
        int known = Math.min(comingAgain, statements.size());
        comingAgain -= known;
        List<SqlStatement> news = statements.subList(known, statements.size());
        if (!news.isEmpty()) {
            told += news.size();
            listener.ran(step, news);
        }
    }

    private void check(List<SqlStatement> statements) {
        if (script.transaction(step.direction()) == TransactionMode.PER_REVISION) {
            statements.stream()
                    .filter(s -> !s.traits().fitsTransaction())
                    .findFirst()
                    .ifPresent(s -> {
                        throw new TransactionControlException(script.id(), s);
                    });
        }
    }

    private void noteSettings(List<SqlStatement> statements) {
        try {
            settings.beforeRunning(statements);
        } catch (SQLException e) {
            throw new DatabaseException("read the settings of the connection", e);
        }
    }

    private RecordingOperations operations(RecordingOperations.Outlet outlet) {
        return new RecordingOperations(
                dialect, connection, schema, script.revision().origin(), outlet);
    }

    private void record(RecordingOperations operations) {
        if (step.direction() == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
    }

    private void changeVersionRows(Aftermath aftermath) {
        try {
            new VersionRowChange(connection, versionTable)
                    .make(step.rowChanges(), checksums.statements(step), aftermath);
        } catch (SQLException e) {
            throw new DatabaseException(
                    "write the version of revision " + script.id() + " to " + versionTable.name(),
                    e,
                    aftermath.words());
        }
    }

    /** Leaves a transaction that has come upon a rebuild, so that it begins again with foreign keys off. */
    private static final class RebuildAhead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
