package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.StartLock;
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
 * The engine at work on one connection: reads the version, plans, and runs the steps. Not thread-safe.
 *
 * <p>The connection comes in autocommit mode, without a transaction, and is left so; it stays the caller's to close.
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

    /** What an administrator prepares in a schema that is empty otherwise. */
    private static final Set<ObjectKind> SURROUNDINGS =
            EnumSet.of(ObjectKind.SCHEMA, ObjectKind.EXTENSION, ObjectKind.COMMENT, ObjectKind.GRANT, ObjectKind.OWNER);

    private static final Aftermath NOTHING_CHANGED =
            new Aftermath(true, "Nothing was changed. Look at current, then repeat.");

    private final Connection connection;
    private final Scripts scripts;
    private final VersionTable versionTable;
    private final StepListener listener;
    private final Dialect dialect;
    private final Scope scope;

    private final KeptChecksums checksums;
    private final RunOptions options;
    private final Surroundings surroundings;
    private final KnownVersionTable stepped;
    private boolean keepsOthersOut;

    /** A session that goes about its steps as {@link RunOptions#DEFAULT} says. */
    public MigrationSession(
            Connection connection, Scripts scripts, VersionTable versionTable, Scope scope, StepListener listener) {
        this(connection, scripts, versionTable, scope, listener, RunOptions.DEFAULT);
    }

    /**
     * @param connection in autocommit mode
     * @param scripts the history
     * @param versionTable where the database keeps its version
     * @param scope where the history makes its objects
     * @param listener is told of each step
     * @param options how steps are gone about
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
        this.checksums = new KeptChecksums(versionTable, scripts);
        this.stepped = new KnownVersionTable(versionTable);
        this.surroundings = new Surroundings(
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

    /** On SQLite the lock of another start's transaction is the same as any other's. */
    private static Duration patience(Dialect dialect, RunOptions options) {
        Duration lockTimeout = options.lockTimeout();
        return lockTimeout == null || dialect.name().equals("postgresql") ? PATIENCE : lockTimeout;
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
     * Applies what leads to a target. Only one of several that start at once does so; the others wait and find it done.
     *
     * @return the steps that ran, in order; empty where there was nothing to do
     * @throws NonEmptySchemaException when the schema holds something, has no version table, and that is refused
     * @throws dev.turnstone.history.RevisionIdTooLongException before anything runs
     * @throws StatementFailedException when the database refuses a statement; the steps before it remain
     */
    public List<Step> upgrade(Target target, NonEmptySchema nonEmptySchema) throws SQLException {
        boolean done = limited().read(seconds -> {
            boolean nothing = scripts.graph().upgradePath(rows(seconds), target).isEmpty();
            if (nothing) {
                refuseEdited(seconds);
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
            tellOf(path);
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
            read = refuseNonEmptySchema();
        }
        List<Step> path = scripts.graph().upgradePath(read.orElse(Set.of()), target);
        checkWidth(path, read.isPresent());
        refuseEdited(seconds);
        return new Planned(path, read.isPresent());
    }

    private void tellOf(List<Step> path) {
        if (!path.isEmpty()) {
            listener.planned(path);
        }
    }

    private void refuseEdited(int seconds) throws SQLException {
        if (options.editedRevisions() == RunOptions.EditedRevisions.REFUSED) {
            List<EditedRevision> edited = checksums.edited(connection, rows(seconds));
            if (!edited.isEmpty()) {
                throw new EditedRevisionException(edited);
            }
        }
    }

    /** On SQLite another start may have run the steps before the transaction had the lock, so they are laid anew in it. */
    private List<Step> upgradeInOneTransaction(Target target, List<Step> path, boolean tableThere, StartLock lock)
            throws SQLException {
        return oneTransaction(() -> {
            List<Step> due = path;
            boolean there = tableThere;
            if (!lock.coversRun()) {
                Optional<Set<RevisionId>> read = versionTable.read(connection);
                there = read.isPresent();
                due = scripts.graph().upgradePath(read.orElse(Set.of()), target);
            }
            if (!there && !due.isEmpty()) {
                makeVersionTable();
            }
            return due;
        });
    }

    private List<Step> oneTransaction(WholeRun.Plan plan) throws SQLException {
        checksums.look(connection);
        return new WholeRun(surroundings, plan, this::run).run();
    }

    /**
     * Keeps other starts out until what is returned is closed, for a session that goes step by step: none of its runs takes
     * the lock again, nor gives it up. On SQLite each step's transaction keeps others out, and this does nothing.
     *
     * @throws dev.turnstone.dialect.StartLockTimeoutException when another start is not done in a quarter of an
     *     hour, or in the time for all attempts where a lock time-out is set
     */
    public StartLock keepOthersOut() throws SQLException {
        StartLock lock = lock();
        keepsOthersOut = true;
        return new StartLock() {
            @Override
            public boolean coversRun() {
                return lock.coversRun();
            }

            @Override
            public void close() throws SQLException {
                keepsOthersOut = false;
                stepped.holds(null);
                lock.close();
            }
        };
    }

    private StartLock lock() throws SQLException {
        if (keepsOthersOut) {
            return dialect.lockHeld();
        }
        return dialect.startLock(connection, versionTable.lockKey(), ownPatience());
    }

    /** Looks for the version table once more, because on SQLite another start may have made both meanwhile. */
    private Optional<Set<RevisionId>> refuseNonEmptySchema() throws SQLException {
        List<ObjectId> found = dialect.read(connection, scope).objects().values().stream()
                .filter(object -> object.parent() == null
                        && !SURROUNDINGS.contains(object.id().kind()))
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

    private void checkWidth(List<Step> path, boolean tableThere) throws SQLException {
        List<RowChange> changes =
                path.stream().flatMap(step -> step.rowChanges().stream()).toList();
        versionTable.checkWidth(connection, written(changes), tableThere);
    }

    /** Runs steps up; where another process has run one meanwhile, it is passed over. */
    private List<Step> applyAll(List<Step> path, boolean tableThere, StartLock lock) throws SQLException {
        List<Step> done = new ArrayList<>();
        boolean there = tableThere;
        if (there) {
            checksums.look(connection);
        }
        for (Step planned : path) {
            Optional<Step> step = Optional.of(planned);
            int repeats = 0;
            while (step.isPresent() && !run(step.get(), lock, ready(step.get(), there, lock))) {
                Set<RevisionId> before = step.get().before();
                step = stillNeeded(planned.revision().id());
                repeats = step.isPresent() && step.get().before().equals(before) ? repeats + 1 : 0;
                if (repeats == MOST_REPEATS) {
                    throw VersionRowException.contradictory(versionTable.name(), before);
                }
            }
            step.ifPresent(done::add);
            there = true;
        }
        return done;
    }

    private Optional<Step> stillNeeded(RevisionId id) throws SQLException {
        Set<RevisionId> rows = current();
        return scripts.graph().ancestorsOf(rows).contains(id)
                ? Optional.empty()
                : Optional.of(scripts.graph().upgradeStep(rows, id));
    }

    private StepExecution.Precondition ready(Step step, boolean tableThere, StartLock lock) {
        return () -> {
            if (!tableThere) {
                makeVersionTable();
            }
            return lock.coversRun() || isAt(step.before());
        };
    }

    private boolean isAt(Set<RevisionId> rows) throws SQLException {
        return stepped.ask(connection).orElse(Set.of()).equals(rows);
    }

    private boolean run(Step step, StartLock lock, StepExecution.Precondition precondition) throws SQLException {
        boolean ran = run(lock.coversRun() ? surroundings.withoutOthers() : surroundings, step, precondition);
        if (ran) {
            listener.finished(step);
        }
        return ran;
    }

    private boolean run(Surroundings within, Step step, StepExecution.Precondition precondition) throws SQLException {
        RevisionId id = step.revision().id();
        StepExecution execution = new StepExecution(within, scripts.script(id), step, precondition);
        stepped.holds(null);
        if (keepsOthersOut && within.alone()) {
            execution.readRowsBack();
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
                    "restore the settings of the connection, which revision " + id + " has changed",
                    e,
                    within.ofRun() == null
                            ? "The revision is done, and the version is " + Aftermath.version(step.after())
                                    + ". Nothing was run after it. Repeat on a new connection."
                            : "The whole run is rolled back. Repeat on a new connection.");
        }
        stepped.holds(execution.rowsAfter());
        return ran;
    }

    /**
     * Takes back what lies above a target.
     *
     * @return the steps that ran, in order
     * @throws IrreversibleRevisionException before anything runs, when one of them cannot be taken back
     * @throws MissingDowngradeException before anything runs, when one of them has no downgrade
     * @throws StatementFailedException when the database refuses a statement; the steps before it remain taken back
     */
    public List<Step> downgrade(Target target) throws SQLException {
        try (StartLock lock = lock()) {
            List<Step> path = limited().read(seconds -> {
                List<Step> found = scripts.graph().downgradePath(rows(seconds), target);
                refuseWhatCannotGoDown(found, scripts, dialect);
                checkWidth(found, true);
                refuseEdited(seconds);
                return found;
            });
            new PlannedTransactions(scripts, dialect, options.transactions()).check(path);
            tellOf(path);
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
                    takeBack(step, lock);
                }
                return path;
            }
        }
    }

    private void makeVersionTable() throws SQLException {
        for (String sql : versionTable.createStatements()) {
            execute(sql);
        }
        checksums.versionTableIsMade();
    }

    private void takeBack(Step step, StartLock lock) throws SQLException {
        checksums.look(connection);
        if (!run(step, lock, () -> lock.coversRun() || isAt(step.before()))) {
            throw VersionRowException.beforeStep(versionTable.name(), step.before(), current());
        }
    }

    static void refuseWhatCannotGoDown(List<Step> path, Scripts scripts, Dialect dialect) {
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

    /** Applies exactly one revision, whose parents are applied. */
    public void upgradeOne(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            Optional<Set<RevisionId>> read = stepped.read(connection);
            List<Step> path = List.of(scripts.graph().upgradeStep(read.orElse(Set.of()), id));
            stepped.checkWidth(connection, written(path.get(0).rowChanges()));
            applyAll(path, read.isPresent(), lock);
        }
    }

    /**
     * Takes back exactly one revision, on which nothing that is applied rests.
     *
     * @throws IrreversibleRevisionException before anything runs, when it cannot be taken back
     * @throws MissingDowngradeException before anything runs, when it has no downgrade
     */
    public void downgradeOne(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            Step step = scripts.graph().downgradeStep(stepped.read(connection).orElse(Set.of()), id);
            refuseWhatCannotGoDown(List.of(step), scripts, dialect);
            takeBack(step, lock);
        }
    }

    /** Runs a revision's body in one direction, as a step would, and leaves the version as it is. */
    public void runBody(RevisionId id, Direction direction) throws SQLException {
        Set<RevisionId> rows = current();
        Step step = new Step(scripts.graph().get(id), direction, rows, rows, List.of());
        if (run(surroundings.withoutOthers(), step, () -> true)) {
            listener.finished(step);
        }
    }

    /** Notes a revision as applied without running it. */
    public void mark(RevisionId id) throws SQLException {
        changeRows(rows -> scripts.graph().upgradeStep(rows, id).rowChanges());
    }

    /**
     * Sets the version without running anything.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows afterwards
     */
    public Set<RevisionId> stamp(Collection<Target> targets) throws SQLException {
        return changeRows(rows -> scripts.graph().stampPath(rows, targets).stream()
                .flatMap(move -> move.rowChanges().stream())
                .toList());
    }

    /**
     * Takes all rows out of the version table, whatever they name, and sets the version without running anything.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows afterwards
     */
    public Set<RevisionId> purgeAndStamp(Collection<Target> targets) throws SQLException {
        return changeRows(Purge.FIRST, rows -> scripts.graph().stampPath(rows, targets).stream()
                .flatMap(move -> move.rowChanges().stream())
                .toList());
    }

    /** Makes the version table where it is not there yet. */
    public void ensureVersionTable() throws SQLException {
        changeRows(rows -> List.of());
    }

    /** The applied revisions that were edited later, by id; none where the database keeps no checksums. */
    public List<EditedRevision> edited() throws SQLException {
        return limited().read(seconds -> checksums.edited(connection, rows(seconds)));
    }

    private interface Plan {
        List<RowChange> changesOf(Set<RevisionId> rows);
    }

    private enum Purge {
        FIRST,
        NOT
    }

    private Set<RevisionId> changeRows(Plan plan) throws SQLException {
        return changeRows(Purge.NOT, plan);
    }

    private Set<RevisionId> changeRows(Purge purge, Plan plan) throws SQLException {
        stepped.holds(null);
        try (StartLock lock = lock()) {
            return limited().run(() -> changeRowsInTransaction(purge, plan));
        }
    }

    private Set<RevisionId> changeRowsInTransaction(Purge purge, Plan plan) throws SQLException {
        try (Transaction transaction = Transaction.begin(connection, dialect, ownPatience())) {
            boolean there = versionTable.read(connection).isPresent();
            if (there) {
                checksums.look(connection);
            } else {
                makeVersionTable();
            }
            if (purge == Purge.FIRST) {
                execute(versionTable.clearStatement());
                for (String sql : checksums.clearing()) {
                    execute(sql);
                }
            }
            Set<RevisionId> before = rows();
            List<RowChange> changes = plan.changesOf(before);
            versionTable.checkWidth(connection, written(changes), there);
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
