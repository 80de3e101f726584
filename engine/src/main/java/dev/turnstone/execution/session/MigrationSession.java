package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.IrreversibleRevisionException;
import dev.turnstone.execution.LockTimeoutException;
import dev.turnstone.execution.MissingDowngradeException;
import dev.turnstone.execution.NonEmptySchemaException;
import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.Transactions;
import dev.turnstone.execution.VersionRowException;
import dev.turnstone.execution.step.CachedVersionTable;
import dev.turnstone.execution.step.LockAttempts;
import dev.turnstone.execution.step.RevisionChecksums;
import dev.turnstone.execution.step.RunContext;
import dev.turnstone.execution.step.SessionSettings;
import dev.turnstone.execution.step.StepExecution;
import dev.turnstone.execution.step.Timeouts;
import dev.turnstone.execution.step.TransactionPlan;
import dev.turnstone.execution.step.VersionRowChange;
import dev.turnstone.execution.step.VersionTableWait;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.source.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs migrations on one connection: reads the version, computes the path, and runs the steps. Not thread-safe.
 *
 * <p>The connection must be in autocommit mode, without a transaction, and is left in that state. The caller closes it.
 */
public final class MigrationSession {

    /**
     * How often a step may read other version rows within its transaction than before it, although no other session
     * writes them.
     */
    private static final int MOST_REPEATS = 10;

    /** Whether a history may begin in a schema that contains objects but no version table. */
    public enum NonEmptySchema {
        REFUSED,
        ALLOWED
    }

    /**
     * How long a start waits for another start that is migrating, and for the version table, unless a lock timeout is
     * set.
     */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

    private final Connection connection;
    private final Scripts scripts;
    private final VersionTable versionTable;
    private final StepListener listener;
    private final Dialect dialect;
    private final Scope scope;

    private final RevisionChecksums checksums;
    private final RunOptions options;
    private final RunContext context;
    private final CachedVersionTable cached;
    private final VersionSetting setting;
    private final PathChecks checks;
    private boolean holdsLock;

    /** Creates a session with {@link RunOptions#DEFAULT}. */
    public MigrationSession(
            Connection connection, Scripts scripts, VersionTable versionTable, Scope scope, StepListener listener) {
        this(connection, scripts, versionTable, scope, listener, RunOptions.DEFAULT);
    }

    /**
     * @param connection in autocommit mode
     * @param scripts the history
     * @param versionTable the version table of the database
     * @param scope the scope in which the history creates its objects
     * @param listener is notified of each step
     * @param options how steps run
     */
    public MigrationSession(
            Connection connection,
            Scripts scripts,
            VersionTable versionTable,
            Scope scope,
            StepListener listener,
            RunOptions options) {
        this.connection = connection;
        this.scripts = scripts;
        this.versionTable = versionTable;
        this.listener = listener;
        this.dialect = versionTable.dialect();
        this.scope = scope;
        this.options = options;
        this.checksums = new RevisionChecksums(versionTable, scripts);
        this.cached = new CachedVersionTable(versionTable);
        this.setting = new VersionSetting(connection, scripts.graph(), versionTable, checksums, waitTimeout());
        this.checks = new PathChecks(connection, versionTable, checksums, options);
        this.context = new RunContext(
                connection,
                versionTable,
                scope.schema(),
                new SessionSettings(dialect, connection),
                timeout(dialect, options),
                checksums,
                listener,
                options,
                null,
                false);
    }

    /** On SQLite, the lock of another start's transaction is a lock like any other, with the same timeout. */
    private static Duration timeout(Dialect dialect, RunOptions options) {
        Duration lockTimeout = options.lockTimeout();
        return lockTimeout == null || dialect.hasSeparateStartLock() ? DEFAULT_TIMEOUT : lockTimeout;
    }

    /**
     * Returns how long to wait for the start lock and for the version table: as long as a step waits in all its
     * attempts.
     */
    private Duration waitTimeout() {
        Duration lockTimeout = options.lockTimeout();
        return lockTimeout == null ? DEFAULT_TIMEOUT : lockTimeout.multipliedBy(options.lockAttempts());
    }

    /** Returns the limit of waits for the version table outside of a step. */
    private VersionTableWait tableWait() {
        return new VersionTableWait(connection, versionTable, waitTimeout());
    }

    /**
     * Returns the heads of the applied revisions; empty for a database that was never migrated.
     *
     * @throws LockTimeoutException if another session locks the version table for too long
     */
    public Set<RevisionId> current() throws SQLException {
        return tableWait().read(this::rows);
    }

    private Set<RevisionId> rows() throws SQLException {
        return rows(0);
    }

    private Set<RevisionId> rows(int seconds) throws SQLException {
        return versionTable.read(connection, seconds).orElse(Set.of());
    }

    /**
     * Applies every revision that the target needs. If several processes start at the same time, one of them applies
     * the revisions; the others wait and then have nothing to do.
     *
     * @return the steps that ran, in order; empty if no revision was due
     * @throws NonEmptySchemaException if the schema contains objects but no version table, and
     *     {@code nonEmptySchema} rejects this
     * @throws dev.turnstone.history.RevisionIdTooLongException before anything runs
     * @throws StatementFailedException if the database rejects a statement; the previous steps remain applied
     */
    public List<Step> upgrade(Target target, NonEmptySchema nonEmptySchema) throws SQLException {
        boolean done = tableWait().read(seconds -> {
            boolean nothing = scripts.graph().upgradePath(rows(seconds), target).isEmpty();
            if (nothing) {
                checks.requireUnedited(seconds);
            }
            return nothing;
        });
        if (done) {
            return List.of();
        }
        try (StartLock lock = lock()) {
            Planned planned = tableWait().read(seconds -> planned(target, nonEmptySchema, seconds));
            List<Step> path = planned.path();
            TransactionPlan.check(path, scripts, dialect, options.transactions());
            notifyPlanned(path);
            try (Timeouts timeouts = Timeouts.set(connection, dialect, options)) {
                return options.transactions() == Transactions.PER_RUN
                        ? upgradeInOneTransaction(target, path, planned.tableExists(), lock)
                        : applyAll(path, planned.tableExists(), lock);
            }
        }
    }

    private record Planned(List<Step> path, boolean tableExists) {}

    private Planned planned(Target target, NonEmptySchema nonEmptySchema, int seconds) throws SQLException {
        Optional<Set<RevisionId>> read = versionTable.read(connection, seconds);
        if (read.isEmpty() && nonEmptySchema == NonEmptySchema.REFUSED) {
            read = checks.requireEmptySchema(scope);
        }
        List<Step> path = scripts.graph().upgradePath(read.orElse(Set.of()), target);
        checks.requireWidth(path, read.isPresent());
        checks.requireUnedited(seconds);
        return new Planned(path, read.isPresent());
    }

    private void notifyPlanned(List<Step> path) {
        if (!path.isEmpty()) {
            listener.planned(path);
        }
    }

    /**
     * On SQLite, another start may have run the steps before this transaction acquired the lock. The path is then
     * computed again within the transaction.
     */
    private List<Step> upgradeInOneTransaction(Target target, List<Step> path, boolean tableExists, StartLock lock)
            throws SQLException {
        return oneTransaction(() -> {
            List<Step> due = path;
            boolean exists = tableExists;
            if (!lock.coversRun()) {
                Optional<Set<RevisionId>> read = versionTable.read(connection);
                exists = read.isPresent();
                due = scripts.graph().upgradePath(read.orElse(Set.of()), target);
            }
            if (!exists && !due.isEmpty()) {
                setting.createVersionTable();
            }
            return due;
        });
    }

    private List<Step> oneTransaction(WholeRun.Plan plan) throws SQLException {
        checksums.detect(connection);
        return new WholeRun(context, plan, this::run).run();
    }

    /**
     * Excludes other starts until the returned lock is closed, for a session that runs step by step: its runs then
     * neither acquire nor release the lock. On SQLite the transaction of each step excludes other starts, and this
     * method acquires no lock.
     *
     * @throws dev.turnstone.dialect.StartLockTimeoutException if another start does not end within 15 minutes, or,
     *     if a lock timeout is set, within the time of all attempts
     */
    public StartLock keepOthersOut() throws SQLException {
        StartLock lock = lock();
        holdsLock = true;
        return new StartLock() {
            @Override
            public boolean coversRun() {
                return lock.coversRun();
            }

            @Override
            public void close() throws SQLException {
                holdsLock = false;
                cached.setRows(null);
                lock.close();
            }
        };
    }

    private StartLock lock() throws SQLException {
        if (holdsLock) {
            return dialect.lockHeld();
        }
        return dialect.startLock(connection, versionTable.lockKey(), waitTimeout());
    }

    /** Applies steps. A step that another process applied meanwhile is skipped. */
    private List<Step> applyAll(List<Step> path, boolean tableExists, StartLock lock) throws SQLException {
        List<Step> done = new ArrayList<>();
        boolean exists = tableExists;
        if (exists) {
            checksums.detect(connection);
        }
        for (Step planned : path) {
            Optional<Step> step = Optional.of(planned);
            int repeats = 0;
            while (step.isPresent() && !run(step.get(), lock, ready(step.get(), exists, lock))) {
                Set<RevisionId> before = step.get().before();
                step = stillNeeded(planned.revision().id());
                repeats = step.isPresent() && step.get().before().equals(before) ? repeats + 1 : 0;
                if (repeats == MOST_REPEATS) {
                    throw VersionRowException.contradictory(versionTable.name(), before);
                }
            }
            step.ifPresent(done::add);
            exists = true;
        }
        return done;
    }

    private Optional<Step> stillNeeded(RevisionId id) throws SQLException {
        Set<RevisionId> rows = current();
        return scripts.graph().ancestorsOf(rows).contains(id)
                ? Optional.empty()
                : Optional.of(scripts.graph().upgradeStep(rows, id));
    }

    private StepExecution.Precondition ready(Step step, boolean tableExists, StartLock lock) {
        return () -> {
            if (!tableExists) {
                setting.createVersionTable();
            }
            return lock.coversRun() || isAt(step.before());
        };
    }

    private boolean isAt(Set<RevisionId> rows) throws SQLException {
        return cached.query(connection).orElse(Set.of()).equals(rows);
    }

    private boolean run(Step step, StartLock lock, StepExecution.Precondition precondition) throws SQLException {
        boolean ran = run(lock.coversRun() ? context.withoutOthers() : context, step, precondition)
                == StepExecution.Outcome.RAN;
        if (ran) {
            listener.finished(step);
        }
        return ran;
    }

    private StepExecution.Outcome run(RunContext within, Step step, StepExecution.Precondition precondition)
            throws SQLException {
        RevisionId id = step.revision().id();
        StepExecution execution = new StepExecution(within, scripts.script(id), step, precondition);
        cached.setRows(null);
        if (holdsLock && within.alone()) {
            execution.readRowsAfter();
        }
        StepExecution.Outcome outcome;
        try {
            int attempts = within.ofRun() == null ? options.lockAttempts() : 1;
            outcome = attempts == 1
                    ? execution.run()
                    : new LockAttempts(dialect, "revision " + id, attempts).make(execution);
        } catch (SQLException | RuntimeException | Error e) {
            within.settings().restoreAfter(e);
            throw e;
        }
        try {
            within.settings().restore();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "restore the settings of the connection, which revision " + id + " changed",
                    e,
                    within.ofRun() == null
                            ? "The revision was applied or reverted, and the version is "
                                    + StateLeftBehind.version(step.after())
                                    + ". Nothing was run after it. Continue on a new connection."
                            : "The whole run was rolled back. Repeat on a new connection.");
        }
        cached.setRows(execution.rowsAfter());
        return outcome;
    }

    /**
     * Reverts every applied revision above a target.
     *
     * @return the steps that ran, in order
     * @throws IrreversibleRevisionException before anything runs, if one of the revisions is irreversible
     * @throws MissingDowngradeException before anything runs, if one of the revisions has no downgrade
     * @throws StatementFailedException if the database rejects a statement; the previous steps remain reverted
     */
    public List<Step> downgrade(Target target) throws SQLException {
        try (StartLock lock = lock()) {
            List<Step> path = tableWait().read(seconds -> {
                List<Step> found = scripts.graph().downgradePath(rows(seconds), target);
                PathChecks.requireDowngrades(found, scripts, dialect);
                checks.requireWidth(found, true);
                checks.requireUnedited(seconds);
                return found;
            });
            TransactionPlan.check(path, scripts, dialect, options.transactions());
            notifyPlanned(path);
            try (Timeouts timeouts = Timeouts.set(connection, dialect, options)) {
                if (options.transactions() == Transactions.PER_RUN) {
                    return oneTransaction(() -> {
                        Set<RevisionId> planned =
                                path.isEmpty() ? rows() : path.get(0).before();
                        if (!lock.coversRun() && !rows().equals(planned)) {
                            throw VersionRowException.beforeStep(versionTable.name(), planned, rows());
                        }
                        return path;
                    });
                }
                for (Step step : path) {
                    revert(step, lock);
                }
                return path;
            }
        }
    }

    private void revert(Step step, StartLock lock) throws SQLException {
        checksums.detect(connection);
        if (!run(step, lock, () -> lock.coversRun() || isAt(step.before()))) {
            throw VersionRowException.beforeStep(versionTable.name(), step.before(), current());
        }
    }

    /** Applies exactly one revision, whose parents must be applied. */
    public void upgradeOne(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            Optional<Set<RevisionId>> read = cached.read(connection);
            List<Step> path = List.of(scripts.graph().upgradeStep(read.orElse(Set.of()), id));
            cached.checkWidth(
                    connection, VersionRowChange.writtenIds(path.get(0).rowChanges()));
            applyAll(path, read.isPresent(), lock);
        }
    }

    /**
     * Reverts exactly one revision, which no other applied revision may need.
     *
     * @throws IrreversibleRevisionException before anything runs, if it is irreversible
     * @throws MissingDowngradeException before anything runs, if it has no downgrade
     */
    public void downgradeOne(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            Step step = scripts.graph().downgradeStep(cached.read(connection).orElse(Set.of()), id);
            PathChecks.requireDowngrades(List.of(step), scripts, dialect);
            revert(step, lock);
        }
    }

    /** Runs the body of a revision in one direction as a step would, without changing the version. */
    public void runBody(RevisionId id, Direction direction) throws SQLException {
        Set<RevisionId> rows = current();
        Step step = new Step(scripts.graph().get(id), direction, rows, rows, List.of());
        if (run(context.withoutOthers(), step, () -> true) == StepExecution.Outcome.RAN) {
            listener.finished(step);
        }
    }

    /** Records a revision as applied without running it. */
    public void mark(RevisionId id) throws SQLException {
        changeVersion(() -> setting.record(id));
    }

    /**
     * Sets the version without running a revision.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows after the stamp
     */
    public Set<RevisionId> stamp(Collection<Target> targets) throws SQLException {
        return changeVersion(() -> setting.stamp(targets));
    }

    /**
     * Deletes all version rows, whatever they contain, and sets the version without running a revision.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows after the stamp
     */
    public Set<RevisionId> purgeAndStamp(Collection<Target> targets) throws SQLException {
        return changeVersion(() -> setting.purgeAndStamp(targets));
    }

    /** Creates the version table if it does not exist. */
    public void ensureVersionTable() throws SQLException {
        changeVersion(setting::createTable);
    }

    /**
     * Returns the applied revisions that were edited later, sorted by id; empty if the database stores no checksums.
     */
    public List<EditedRevision> edited() throws SQLException {
        return tableWait().read(seconds -> checksums.edited(connection, rows(seconds)));
    }

    private Set<RevisionId> changeVersion(VersionTableWait.Work<Set<RevisionId>> change) throws SQLException {
        cached.setRows(null);
        try (StartLock lock = lock()) {
            return tableWait().run(change);
        }
    }
}
