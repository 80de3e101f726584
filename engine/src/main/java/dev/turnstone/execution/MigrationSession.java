package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import dev.turnstone.revision.StampStep;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.schema.Schema;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine at work on one connection: reads the version, plans, and runs the steps. Not thread-safe.
 *
 * <p>The connection comes in autocommit mode, without a transaction, and is left so; it stays the caller's to close.
 */
public final class MigrationSession {

    /** Whether a history may begin in a schema that holds something and has no version table. */
    public enum NonEmptySchema {
        REFUSED,
        ALLOWED
    }

    /** How long one start waits for another that is migrating. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Connection connection;
    private final Scripts scripts;
    private final VersionTable versionTable;
    private final StepListener listener;
    private final Dialect dialect;
    private final Scope scope;

    /** As they were before the first step; read only when there is one. */
    private @Nullable SessionSettings settings;

    /**
     * @param connection in autocommit mode
     * @param scripts the history
     * @param versionTable where the database keeps its version
     * @param scope where the history makes its objects
     * @param listener is told of each step
     */
    public MigrationSession(
            Connection connection, Scripts scripts, VersionTable versionTable, Scope scope, StepListener listener) {
        this.connection = connection;
        this.scripts = scripts;
        this.versionTable = versionTable;
        this.listener = listener;
        this.dialect = versionTable.dialect();
        this.scope = scope;
    }

    /** The heads of what is applied; empty for a database that was never migrated. */
    public Set<RevisionId> current() throws SQLException {
        return versionTable.read(connection).orElse(Set.of());
    }

    /**
     * Applies what leads to a target. Only one of several that start at once does so; the others wait and find it done.
     *
     * @return the steps that ran, in order; empty where there was nothing to do
     * @throws NonEmptySchemaException when the schema holds something, has no version table, and that is refused
     * @throws StatementFailedException when the database refuses a statement; the steps before it remain
     */
    public List<Step> upgrade(Target target, NonEmptySchema nonEmptySchema) throws SQLException {
        Set<RevisionId> rows = current();
        if (scripts.graph().upgradePath(rows, target).isEmpty()) {
            return List.of();
        }
        try (StartLock lock = lock()) {
            Optional<Set<RevisionId>> read = versionTable.read(connection);
            if (read.isEmpty() && nonEmptySchema == NonEmptySchema.REFUSED) {
                refuseNonEmptySchema();
            }
            List<Step> path = scripts.graph().upgradePath(read.orElse(Set.of()), target);
            if (read.isPresent()) {
                versionTable.checkWidth(
                        connection, path.stream().map(s -> s.revision().id()).toList());
            }
            return applyAll(path, read.isEmpty(), lock);
        }
    }

    private StartLock lock() throws SQLException {
        return dialect.startLock(connection, versionTable.lockKey(), PATIENCE);
    }

    private void refuseNonEmptySchema() throws SQLException {
        Schema schema = dialect.read(connection, scope);
        if (!schema.isEmpty()) {
            throw new NonEmptySchemaException(scope.schema(), schema.objects().keySet());
        }
    }

    /** Runs steps up; where another process has run one meanwhile, it is passed over. */
    private List<Step> applyAll(List<Step> path, boolean withoutTable, StartLock lock) throws SQLException {
        List<Step> done = new ArrayList<>();
        boolean[] tableMissing = {withoutTable};
        for (Step planned : path) {
            Step step = planned;
            while (!run(step, ready(step, tableMissing, lock))) {
                Set<RevisionId> rows = current();
                if (scripts.graph()
                        .ancestorsOf(rows)
                        .contains(planned.revision().id())) {
                    step = null;
                    break;
                }
                step = scripts.graph().upgradeStep(rows, planned.revision().id());
            }
            if (step != null) {
                done.add(step);
            }
        }
        return done;
    }

    private StepExecution.Precondition ready(Step step, boolean[] tableMissing, StartLock lock) {
        return () -> {
            if (tableMissing[0]) {
                execute(versionTable.createStatement());
                tableMissing[0] = false;
            }
            return lock.coversRun() || current().equals(step.before());
        };
    }

    private boolean run(Step step, StepExecution.Precondition precondition) throws SQLException {
        if (settings == null) {
            settings = SessionSettings.of(dialect, connection);
        }
        StepExecution execution = new StepExecution(
                connection,
                dialect,
                versionTable,
                scope.schema(),
                scripts.script(step.revision().id()),
                step,
                listener);
        try {
            return execution.run(precondition);
        } finally {
            settings.restoreAfter(execution.sent());
        }
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
            List<Step> path = scripts.graph().downgradePath(current(), target);
            refuseWhatCannotGoDown(path, scripts, dialect);
            for (Step step : path) {
                takeBack(step, lock);
            }
            return path;
        }
    }

    private void takeBack(Step step, StartLock lock) throws SQLException {
        if (!run(step, () -> lock.coversRun() || current().equals(step.before()))) {
            throw new VersionRowException(versionTable.name(), StepExecution.versionWords(step.before()), current());
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
            Optional<Set<RevisionId>> read = versionTable.read(connection);
            applyAll(List.of(scripts.graph().upgradeStep(read.orElse(Set.of()), id)), read.isEmpty(), lock);
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
            Step step = scripts.graph().downgradeStep(current(), id);
            refuseWhatCannotGoDown(List.of(step), scripts, dialect);
            takeBack(step, lock);
        }
    }

    /** Runs a revision's body in one direction, as a step would, and leaves the version as it is. */
    public void runBody(RevisionId id, Direction direction) throws SQLException {
        Set<RevisionId> rows = current();
        Step step = new Step(scripts.graph().get(id), direction, rows, rows, List.of());
        run(step, () -> true);
    }

    /** Notes a revision as applied without running it. */
    public void mark(RevisionId id) throws SQLException {
        try (StartLock lock = lock()) {
            changeRows(scripts.graph().upgradeStep(current(), id).rowChanges());
        }
    }

    /**
     * Sets the version without running anything.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows afterwards
     */
    public Set<RevisionId> stamp(Collection<Target> targets) throws SQLException {
        try (StartLock lock = lock()) {
            List<StampStep> moves = scripts.graph().stampPath(current(), targets);
            changeRows(moves.stream().flatMap(m -> m.rowChanges().stream()).toList());
            return current();
        }
    }

    /**
     * Takes all rows out of the version table, whatever they name, and sets the version without running anything.
     *
     * @param targets the new heads; {@code base} for none
     * @return the version rows afterwards
     */
    public Set<RevisionId> purgeAndStamp(Collection<Target> targets) throws SQLException {
        try (StartLock lock = lock()) {
            List<String> statements = new ArrayList<>(List.of(versionTable.clearStatement()));
            scripts.graph()
                    .stampPath(Set.of(), targets)
                    .forEach(move -> statements.addAll(versionTable.statements(move.rowChanges())));
            changeVersionTable(statements);
            return current();
        }
    }

    /** Makes the version table where it is not there yet. */
    public void ensureVersionTable() throws SQLException {
        changeVersionTable(List.of());
    }

    private void changeRows(List<RowChange> changes) throws SQLException {
        changeVersionTable(versionTable.statements(changes));
    }

    private void changeVersionTable(List<String> statements) throws SQLException {
        execute(dialect.begin());
        try {
            execute(versionTable.createStatement());
            for (String sql : statements) {
                execute(sql);
            }
            execute("COMMIT");
        } catch (SQLException e) {
            execute("ROLLBACK");
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
