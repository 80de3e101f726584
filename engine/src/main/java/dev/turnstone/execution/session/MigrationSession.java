package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.EditedRevisionException;
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
import dev.turnstone.execution.step.Transaction;
import dev.turnstone.execution.step.VersionRowChange;
import dev.turnstone.execution.step.VersionTableWait;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs migrations on one connection: reads the version, computes the path, and runs the steps. Not thread-safe.
 *
 * <p>The connection must be in autocommit mode, without a transaction, and is left in that state. The caller closes it.
 */
public final class MigrationSession {

    /** How often a step may find other version rows in its transaction than before it, where nobody else writes. */
    private static final int MOST_REPEATS = 10;

    /** Whether a history may begin in a schema that holds something and has no version table. */
    public enum NonEmptySchema {
        REFUSED,
        ALLOWED
    }

    /** How long one start waits for another that is migrating, and for the version table, unless a lock time-out is set. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** The kinds of objects that an administrator may create in a schema that otherwise counts as empty. */
    private static final Set<ObjectKind> IGNORED_IN_EMPTY_SCHEMA =
            EnumSet.of(ObjectKind.SCHEMA, ObjectKind.EXTENSION, ObjectKind.COMMENT, ObjectKind.GRANT, ObjectKind.OWNER);

    private static final StateLeftBehind NOTHING_CHANGED =
            new StateLeftBehind(true, "Nothing was changed. Check the version with 'current', then repeat.");

    private final Connection connection;
    private final Scripts scripts;
    private final VersionTable versionTable;
    private final StepListener listener;
    private final Dialect dialect;
    private final Scope scope;

    private final RevisionChecksums checksums;
    private final RunOptions options;
    private final RunContext context;
    private final CachedVersionTable stepped;
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
        this.stepped = new CachedVersionTable(versionTable);
        this.context = new RunContext(
                connection,
                versionTable,
                scope.schema(),
                new SessionSettings(dialect, connection),
                patience(dialect, options),
                checksums,
                listener,
                options,
                null,
                false);
    }

    /** On SQLite, the lock of another start's transaction is the same as any other lock. */
    private static Duration patience(Dialect dialect, RunOptions options) {
        Duration lockTimeout = options.lockTimeout();
        return lockTimeout == null || dialect.hasSeparateStartLock() ? PATIENCE : lockTimeout;
    }

    /** How long to wait for the start lock and for the version table: as long as a step waits in all its attempts. */
    private Duration ownPatience() {
        Duration lockTimeout = options.lockTimeout();
        return lockTimeout == null ? PATIENCE : lockTimeout.multipliedBy(options.lockAttempts());
    }

    /** The limit of waits for the version table outside of a step. */
    private VersionTableWait limited() {
        return new VersionTableWait(connection, versionTable, ownPatience());
    }

    /**
     * The heads of what is applied; empty for a database that was never migrated.
     *
     * @throws LockTimeoutException when another session locks the version table for too long
     */
    public Set<RevisionId> current() throws SQLException {
        return limited().read(this::rows);
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
     * @return the steps that ran, in order; empty if nothing was to do
     * @throws NonEmptySchemaException if the schema contains objects but no version table, and
     *     {@code nonEmptySchema} rejects this
     * @throws dev.turnstone.history.RevisionIdTooLongException before anything runs
     * @throws StatementFailedException if the database rejects a statement; the previous steps remain applied
     */
    public List<Step> upgrade(Target target, NonEmptySchema nonEmptySchema) throws SQLException {
        boolean done = limited().read(seconds -> {
            boolean nothing = scripts.graph().upgradePath(rows(seconds), target).isEmpty();
            if (nothing) {
                rejectEdited(seconds);
            }
            return nothing;
        });
        if (done) {
            return List.of();
        }
        try (StartLock lock = lock()) {
            Planned planned = limited().read(seconds -> planned(target, nonEmptySchema, seconds));
            List<Step> path = planned.path();
            new PlannedTransactions(scripts, dialect, options.transactions()).check(path);
            notifyPlanned(path);
            try (Timeouts timeouts = Timeouts.set(connection, dialect, options)) {
                return options.transactions() == Transactions.PER_RUN
                        ? upgradeInOneTransaction(target, path, planned.tableThere(), lock)
                        : applyAll(path, planned.tableThere(), lock);
            }
        }
    }

    private record Planned(List<Step> path, boolean tableThere) {}

    private Planned planned(Target target, NonEmptySchema nonEmptySchema, int seconds) throws SQLException {
        Optional<Set<RevisionId>> read = versionTable.read(connection, seconds);
        if (read.isEmpty() && nonEmptySchema == NonEmptySchema.REFUSED) {
            read = rejectNonEmptySchema();
        }
        List<Step> path = scripts.graph().upgradePath(read.orElse(Set.of()), target);
        checkWidth(path, read.isPresent());
        rejectEdited(seconds);
        return new Planned(path, read.isPresent());
    }

    private void notifyPlanned(List<Step> path) {
        if (!path.isEmpty()) {
            listener.planned(path);
        }
    }

    private void rejectEdited(int seconds) throws SQLException {
        if (options.editedRevisions() == RunOptions.EditedRevisions.REFUSED) {
            List<EditedRevision> edited = checksums.edited(connection, rows(seconds));
            if (!edited.isEmpty()) {
                throw new EditedRevisionException(edited);
            }
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
                createVersionTable();
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
     * neither acquire nor release the lock. On SQLite the transaction of each step excludes others, and this method
     * does nothing.
     *
     * @throws dev.turnstone.dialect.StartLockTimeoutException when another start is not done in a quarter of an
     *     hour, or in the time for all attempts where a lock time-out is set
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
                stepped.holds(null);
                lock.close();
            }
        };
    }

    private StartLock lock() throws SQLException {
        if (holdsLock) {
            return dialect.lockHeld();
        }
        return dialect.startLock(connection, versionTable.lockKey(), ownPatience());
    }

    /**
     * Reads the version table again, because on SQLite another start may have created it and the objects meanwhile.
     */
    private Optional<Set<RevisionId>> rejectNonEmptySchema() throws SQLException {
        List<ObjectId> found = dialect.read(connection, scope).objects().values().stream()
                .filter(object -> object.parent() == null
                        && !IGNORED_IN_EMPTY_SCHEMA.contains(object.id().kind()))
                .map(SchemaObject::id)
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Set<RevisionId>> read = versionTable.read(connection);
        if (read.isEmpty()) {
            throw new NonEmptySchemaException(scope.schema(), versionTable.name(), found);
        }
        return read;
    }

    private void checkWidth(List<Step> path, boolean tableExists) throws SQLException {
        List<RowChange> changes =
                path.stream().flatMap(step -> step.rowChanges().stream()).toList();
        versionTable.checkWidth(connection, written(changes), tableExists);
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
                createVersionTable();
            }
            return lock.coversRun() || isAt(step.before());
        };
    }

    private boolean isAt(Set<RevisionId> rows) throws SQLException {
        return stepped.query(connection).orElse(Set.of()).equals(rows);
    }

    private boolean run(Step step, StartLock lock, StepExecution.Precondition precondition) throws SQLException {
        boolean ran = run(lock.coversRun() ? context.withoutOthers() : context, step, precondition);
        if (ran) {
            listener.finished(step);
        }
        return ran;
    }

    private boolean run(RunContext within, Step step, StepExecution.Precondition precondition) throws SQLException {
        RevisionId id = step.revision().id();
        StepExecution execution = new StepExecution(within, scripts.script(id), step, precondition);
        stepped.holds(null);
        if (holdsLock && within.alone()) {
            execution.readRowsAfter();
        }
        boolean ran;
        try {
            int attempts = within.ofRun() == null ? options.lockAttempts() : 1;
            ran = attempts == 1
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
        stepped.holds(execution.rowsAfter());
        return ran;
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
            List<Step> path = limited().read(seconds -> {
                List<Step> found = scripts.graph().downgradePath(rows(seconds), target);
                requireDowngrades(found, scripts, dialect);
                checkWidth(found, true);
                rejectEdited(seconds);
                return found;
            });
            new PlannedTransactions(scripts, dialect, options.transactions()).check(path);
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

    private void createVersionTable() throws SQLException {
        for (String sql : versionTable.createStatements()) {
            execute(sql);
        }
        checksums.versionTableCreated();
    }

    private void revert(Step step, StartLock lock) throws SQLException {
        checksums.detect(connection);
        if (!run(step, lock, () -> lock.coversRun() || isAt(step.before()))) {
            throw VersionRowException.beforeStep(versionTable.name(), step.before(), current());
        }
    }

    public static void requireDowngrades(List<Step> path, Scripts scripts, Dialect dialect) {
        for (Step step : path) {
            MigrationScript script = scripts.script(step.revision().id());
            Downgrade downgrade = script.downgrade(dialect.name());
            if (downgrade instanceof Downgrade.Irreversible irreversible) {
                throw new IrreversibleRevisionException(script.revision(), irreversible.reason());
            }
            if (downgrade instanceof Downgrade.Missing && script.format() == Format.TURNSTONE) {
                throw new MissingDowngradeException(script.revision(), dialect.title());
            }
        }
    }

    /** Applies exactly one revision, whose parents must be applied. */
    public void upgradeOne(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            Optional<Set<RevisionId>> read = stepped.read(connection);
            List<Step> path = List.of(scripts.graph().upgradeStep(read.orElse(Set.of()), id));
            stepped.checkWidth(connection, written(path.get(0).rowChanges()));
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
            Step step = scripts.graph().downgradeStep(stepped.read(connection).orElse(Set.of()), id);
            requireDowngrades(List.of(step), scripts, dialect);
            revert(step, lock);
        }
    }

    /** Runs the body of a revision in one direction as a step would, without changing the version. */
    public void runBody(RevisionId id, Direction direction) throws SQLException {
        Set<RevisionId> rows = current();
        Step step = new Step(scripts.graph().get(id), direction, rows, rows, List.of());
        if (run(context.withoutOthers(), step, () -> true)) {
            listener.finished(step);
        }
    }

    /** Records a revision as applied without running it. */
    public void mark(RevisionId id) throws SQLException {
        changeRows(rows -> scripts.graph().upgradeStep(rows, id).rowChanges());
    }

    /**
     * Sets the version without running a revision.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows after the stamp
     */
    public Set<RevisionId> stamp(Collection<Target> targets) throws SQLException {
        return changeRows(rows -> scripts.graph().stampPath(rows, targets).stream()
                .flatMap(move -> move.rowChanges().stream())
                .toList());
    }

    /**
     * Deletes all version rows, whatever they contain, and sets the version without running a revision.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows after the stamp
     */
    public Set<RevisionId> purgeAndStamp(Collection<Target> targets) throws SQLException {
        return changeRows(Purge.YES, rows -> scripts.graph().stampPath(rows, targets).stream()
                .flatMap(move -> move.rowChanges().stream())
                .toList());
    }

    /** Creates the version table if it does not exist. */
    public void ensureVersionTable() throws SQLException {
        changeRows(rows -> List.of());
    }

    /**
     * Returns the applied revisions that were edited later, sorted by id; empty if the database stores no checksums.
     */
    public List<EditedRevision> edited() throws SQLException {
        return limited().read(seconds -> checksums.edited(connection, rows(seconds)));
    }

    private interface Plan {
        List<RowChange> changesOf(Set<RevisionId> rows);
    }

    private enum Purge {
        YES,
        NO
    }

    private Set<RevisionId> changeRows(Plan plan) throws SQLException {
        return changeRows(Purge.NO, plan);
    }

    private Set<RevisionId> changeRows(Purge purge, Plan plan) throws SQLException {
        stepped.holds(null);
        try (StartLock lock = lock()) {
            return limited().run(() -> changeRowsInTransaction(purge, plan));
        }
    }

    private Set<RevisionId> changeRowsInTransaction(Purge purge, Plan plan) throws SQLException {
        try (Transaction transaction = Transaction.begin(connection, dialect, ownPatience())) {
            boolean exists = versionTable.read(connection).isPresent();
            if (exists) {
                checksums.detect(connection);
            } else {
                createVersionTable();
            }
            if (purge == Purge.YES) {
                execute(versionTable.clearStatement());
                for (String sql : checksums.clearing()) {
                    execute(sql);
                }
            }
            Set<RevisionId> before = rows();
            List<RowChange> changes = plan.changesOf(before);
            versionTable.checkWidth(connection, written(changes), exists);
            VersionRowChange change = new VersionRowChange(connection, versionTable);
            change.make(changes, List.of(), () -> NOTHING_CHANGED);
            Set<RevisionId> rows = rows();
            change.make(List.of(), checksums.statements(before, rows), () -> NOTHING_CHANGED);
            transaction.commit();
            return rows;
        }
    }

    private static List<RevisionId> written(List<RowChange> changes) {
        List<RevisionId> ids = new ArrayList<>();
        for (RowChange change : changes) {
            if (change instanceof RowChange.Insert insert) {
                ids.add(insert.id());
            } else if (change instanceof RowChange.Update update) {
                ids.add(update.to());
            }
        }
        return ids;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
