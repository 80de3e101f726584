package dev.turnstone.scenario.roundtrip;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.step.SessionSettings;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.BaselineException;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.cursor.Roles;
import dev.turnstone.scenario.cursor.StatementWatch;
import dev.turnstone.scenario.cursor.TimeLimit;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an existing database that was never migrated is equal to a migrated database once it is stamped.
 *
 * <p>The existing database is created from the user's baseline. Without a baseline, it is created from the statements
 * of a fresh install, which run without the migration tool.
 */
public final class StampThenNoop implements Scenario {

    @Override
    public String name() {
        return "stamp-then-noop";
    }

    @Override
    public String proves() {
        return "A database from the baseline, recorded as migrated by 'stamp', equals a migrated "
                + "database, and 'upgrade' changes nothing.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, HistoryDatabases.forBaseline(context));
    }

    private static final class Run extends CursorRun {

        private final MigrationCursor stamped;

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
            stamped = new MigrationCursor(context);
        }

        @Override
        public List<Check> checks() {
            String at = context().options().baselineRevision();
            return List.of(check(null, at == null ? headTitle() : "stamped at " + at, this::stampThenUpgrade));
        }

        @Override
        public void close() {
            // Closed in the reverse order of creation, because the first cursor owns what both share.
            try {
                stamped.close();
            } finally {
                super.close();
            }
        }

        /**
         * The results of a fresh install.
         *
         * @param atBaseline the state at the baseline's revision
         * @param atHead the state at the head
         * @param toBaseline the statements of each revision up to the baseline's revision
         */
        private record Installed(DatabaseState atBaseline, DatabaseState atHead, List<Statements> toBaseline) {}

        /**
         * The statements of one revision or of the user's baseline.
         *
         * @param inOneTransaction whether they run in one transaction; otherwise each statement runs by itself
         */
        private record Statements(List<SqlStatement> statements, boolean inOneTransaction) {

            /**
             * Returns the statements without those that create roles. The server shares its roles, and the database of
             * the fresh install already has them.
             */
            Statements withoutRoles() {
                return new Statements(
                        statements.stream().filter(s -> !Roles.isCreatedBy(s)).toList(), inOneTransaction);
            }
        }

        private void stampThenUpgrade(Reporter reporter) {
            String target =
                    Optional.ofNullable(context().options().baselineRevision()).orElse("heads");
            Set<RevisionId> below = revisionsBelow(target);
            Installed installed = install(below, reporter);
            if (installed == null) {
                return;
            }
            walk().rest();
            stamped.beginAfter(database -> makeExisting(database, installed));
            @Nullable RevisionId revision = single(target);
            Attempt stamping = stamped.stamp(target);
            if (reporter.isTimeOut(words(revision, target), "'stamp " + target + "'", stamping.failure())) {
                return;
            }
            if (stamping.failure() != null) {
                throw stamping.failure();
            }
            DatabaseState before = stamped.state();
            if (!expectNoop(target, before, revision, reporter)) {
                return;
            }
            Set<ObjectId> known = new HashSet<>();
            for (Difference difference : installed.atBaseline().schemaDifferencesTo(before)) {
                known.add(difference.object().id());
                differs(revision, target, difference, reporter);
            }
            goOnToHead(installed, known, reporter);
        }

        private @Nullable RevisionId single(String target) {
            List<Revision> found = context().tool().graph().resolve(target, Set.of());
            return found.size() == 1 ? found.get(0).id() : null;
        }

        private Set<RevisionId> revisionsBelow(String target) {
            return context()
                    .tool()
                    .graph()
                    .ancestorsOf(context().tool().graph().resolve(target, Set.of()).stream()
                            .map(Revision::id)
                            .toList());
        }

        /** Applies the whole history and continues after failures. Returns null if a revision fails. */
        private @Nullable Installed install(Set<RevisionId> below, Reporter reporter) {
            walk().moveTo(0);
            List<Statements> toBaseline = new ArrayList<>();
            boolean complete = true;
            for (Revision revision : walk().revisions()) {
                if (below.contains(revision.id())) {
                    complete &= install(revision, toBaseline, reporter);
                }
            }
            DatabaseState atBaseline = walk().state();
            for (Revision revision : walk().revisions()) {
                if (!below.contains(revision.id())) {
                    complete &= install(revision, new ArrayList<>(), reporter);
                }
            }
            if (!complete) {
                reporter.skip(null, "A fresh install fails, so there is nothing to compare a stamped database with.");
                return null;
            }
            return new Installed(atBaseline, walk().state(), toBaseline);
        }

        private boolean install(Revision revision, List<Statements> ran, Reporter reporter) {
            Attempt attempt = walk().up(revision.id());
            ran.add(new Statements(
                    attempt.statements(),
                    context().tool().transaction(revision.id(), context().dialect()) != TransactionMode.NONE
                            && attempt.statements().stream()
                                    .allMatch(s -> s.traits().fitsTransaction())));
            if (attempt.failure() != null) {
                reporter.upFails(revision, attempt.failure());
            }
            return attempt.failure() == null;
        }

        /** Creates the schema of the existing database without the migration tool. */
        private void makeExisting(TestDatabase database, Installed installed) {
            Optional<SqlText> baseline =
                    context().options().baseline(context().dialect().name());
            List<Statements> parts = baseline.map(context().dialect()::split)
                    .map(statements -> List.of(new Statements(statements, false)))
                    .orElse(installed.toBaseline().stream()
                            .map(Statements::withoutRoles)
                            .toList());
            StatementWatch watch = new StatementWatch();
            try (Connection connection = watch.over(database.dataSource().getConnection())) {
                new TimeLimit(watch, context().options().timeout()).reading(database, () -> {
                    for (Statements part : parts) {
                        repeatWithoutForeignKeysIfRebuilding(part, connection);
                    }
                    return parts;
                });
            } catch (SQLException e) {
                throw new DatabaseException("make the baseline", e);
            }
        }

        /**
         * Runs statements again, with foreign keys off if they rebuild a table. The engine also switches foreign keys
         * off during a rebuild, and SQLite can switch them only outside a transaction.
         */
        private void repeatWithoutForeignKeysIfRebuilding(Statements part, Connection connection) throws SQLException {
            if (part.statements().stream().noneMatch(s -> s.traits() == Traits.REBUILDS)) {
                repeat(part, connection);
                return;
            }
            SuspendedForeignKeys suspended = context().dialect().suspendForeignKeys(connection);
            repeat(part, connection);
            suspended.restore();
        }

        /**
         * Runs statements again and then restores the session's settings. With the engine, too, the settings of a
         * revision do not affect the next revision.
         */
        private void repeat(Statements part, Connection connection) throws SQLException {
            SessionSettings settings = new SessionSettings(context().dialect(), connection);
            settings.beforeRunning(part.statements());
            run(part, connection);
            settings.restore();
        }

        private void run(Statements part, Connection connection) throws SQLException {
            if (!part.inOneTransaction() || !inOneTransaction(part, connection)) {
                boolean open = false;
                for (SqlStatement statement : part.statements()) {
                    execute(statement, connection);
                    open = statement.traits() == Traits.BEGINS || (open && statement.traits() != Traits.ENDS);
                }
                if (open) {
                    // The engine commits this transaction together with the version row.
                    commit(connection);
                }
            }
        }

        private static void commit(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("COMMIT");
            }
        }

        /**
         * Runs statements in one transaction.
         *
         * @return whether they ran; false if the server refuses one of them in a transaction, in which case the engine
         *     also ran them without one
         */
        private boolean inOneTransaction(Statements part, Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            try {
                for (SqlStatement statement : part.statements()) {
                    execute(statement, connection);
                }
                connection.commit();
                return true;
            } catch (BaselineException e) {
                connection.rollback();
                if (e.getCause() instanceof SQLException cause
                        && context().dialect().isRefusedInTransaction(cause)) {
                    return false;
                }
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }

        private void execute(SqlStatement statement, Connection connection) {
            try {
                context().dialect().execute(connection, statement);
            } catch (SQLException e) {
                throw new BaselineException(statement, context().dialect().title(), e);
            }
        }

        private static String words(@Nullable RevisionId revision, String target) {
            return revision == null ? target : revision.value();
        }

        /**
         * Checks that an upgrade of the stamped database does nothing. Returns false if the upgrade exceeded the
         * timeout, so that the database cannot be used further.
         */
        private boolean expectNoop(
                String target, DatabaseState before, @Nullable RevisionId revision, Reporter reporter) {
            Attempt again = stamped.upgrade(target);
            if (reporter.isTimeOut(
                    words(revision, target), "'upgrade " + target + "' on a stamped database", again.failure())) {
                return false;
            }
            List<Difference> differences = before.differencesTo(stamped.state());
            if (again.failure() == null && again.statements().isEmpty() && differences.isEmpty()) {
                return true;
            }
            reporter.aboutHistory(
                    FindingClass.NOT_A_NOOP,
                    words(revision, target),
                    "A database stamped at " + target + " on " + reporter.title() + " is changed by 'upgrade "
                            + target + "': "
                            + (again.failure() == null
                                    ? again.statements().size() + " statements run."
                                    : Reporter.message(again.failure())),
                    reporter.remedy(again.failure(), "Let 'upgrade' run only what the stamped version does not hold."));
            return true;
        }

        private void differs(@Nullable RevisionId revision, String target, Difference difference, Reporter reporter) {
            reporter.aboutDifference(
                    FindingClass.STAMPED_DIFFERS,
                    revision,
                    difference,
                    "A database stamped at " + target + " differs on " + reporter.title()
                            + " from one that was migrated there:\n  " + difference,
                    "Let the baseline and the migrations make the same schema, or stamp another revision.");
        }

        private void goOnToHead(Installed installed, Set<ObjectId> known, Reporter reporter) {
            Attempt toHead = stamped.upgrade("heads");
            if (reporter.isTimeOut(headTitle(), "'upgrade heads' on a database that was stamped", toHead.failure())) {
                return;
            }
            if (toHead.failure() instanceof dev.turnstone.execution.StatementFailedException failed) {
                reporter.upFails(context().tool().graph().get(failed.revision()), failed);
                return;
            }
            if (toHead.failure() != null) {
                throw toHead.failure();
            }
            DatabaseState head = stamped.state();
            for (Difference difference : installed.atHead().schemaDifferencesTo(head)) {
                if (!known.contains(difference.object().id())) {
                    differs(single("heads"), "heads", difference, reporter);
                }
            }
            expectNoop("heads", head, single("heads"), reporter);
        }
    }
}
