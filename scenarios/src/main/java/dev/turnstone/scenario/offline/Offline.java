package dev.turnstone.scenario.offline;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.NeedsConnectionException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.cursor.ScriptFailedException;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a script written without a connection has the same effect as a run, up and down, on schema, rows and
 * version rows.
 */
public final class Offline implements Scenario {

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public String proves() {
        return "A script that is written without a connection has the same result as a run.";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends CursorRun {

        /** The database on which the scripts run. The cursor moves to the start of a check without scripts. */
        private final MigrationCursor scripted;

        /**
         * A second run, made only if rows differ. Rows that also differ from this run contain values such as the time,
         * and are no fault of the script.
         */
        private final MigrationCursor control;

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
            scripted = new MigrationCursor(context);
            control = new MigrationCursor(context);
        }

        @Override
        public List<Check> checks() {
            List<Revision> revisions = walk().revisions();
            List<Check> checks = new ArrayList<>();
            for (int i = 0; i < revisions.size(); i++) {
                int place = i;
                Revision revision = revisions.get(i);
                checks.add(check(revision.id(), title(revision), reporter -> oneRevision(place, revision, reporter)));
            }
            checks.add(check(null, "whole history to " + headTitle(), this::wholeHistory));
            return checks;
        }

        @Override
        public void close() {
            try (MigrationCursor first = control;
                    MigrationCursor second = scripted) {
                // Shared resources belong to the first cursor, which is closed last.
            } finally {
                super.close();
            }
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            walk().moveTo(place);
            scripted.moveTo(place);
            Set<RevisionId> before = scripted.current();
            if (!up(reporter, revision)) {
                return;
            }
            Step up = context().tool().graph().upgradeStep(before, revision.id());
            boolean same = runs(revision, up, reporter) && isSame(place + 1, revision, Direction.UPGRADE, reporter);
            scripted.passed();
            if (!same) {
                scripted.markDiverged();
                return;
            }
            Downgrade downgrade =
                    context().tool().downgrade(revision.id(), context().dialect());
            if (downgrade instanceof Downgrade.Defined || downgrade instanceof Downgrade.Keep) {
                backAndForth(place, revision, reporter);
            }
        }

        private void backAndForth(int place, Revision revision, Reporter reporter) {
            Step down = context().tool().graph().downgradeStep(scripted.current(), revision.id());
            TurnstoneException failure = walk().down(revision.id()).failure();
            if (failure != null) {
                reporter.downFails(revision, failure);
                walk().markDiverged();
                return;
            }
            if (!runs(revision, down, reporter) || !isSame(place, revision, Direction.DOWNGRADE, reporter)) {
                walk().markDiverged();
                scripted.markDiverged();
                return;
            }
            if (walk().upAgain(revision.id()).failure() != null
                    || scripted.upAgain(revision.id()).failure() != null) {
                walk().markDiverged();
                scripted.markDiverged();
            }
        }

        /**
         * Runs the script of one step and reports a failure.
         *
         * @return whether the script could be written and ran without a failure
         */
        private boolean runs(Revision revision, Step step, Reporter reporter) {
            String what = "The script of the " + (step.direction() == Direction.UPGRADE ? "upgrade" : "downgrade")
                    + " of revision " + revision.id();
            try {
                run(context().tool().script(context().dialect(), step));
                return true;
            } catch (NeedsConnectionException e) {
                needsConnection(revision, e, reporter);
            } catch (ScriptFailedException e) {
                reporter.aboutRevision(
                        FindingClass.SCRIPT_DIFFERS,
                        revision,
                        what + " fails on " + reporter.title() + ", where a run passes, at\n" + e.getMessage(),
                        reporter.remedy(e, remedy()));
            } catch (DatabaseException e) {
                throw e;
            } catch (TurnstoneException e) {
                if (reporter.isTimeOut(revision, "run as a script", e)) {
                    return false;
                }
                reporter.aboutRevision(
                        FindingClass.SCRIPT_DIFFERS,
                        revision,
                        what + " cannot be written, and a run passes on " + reporter.title() + ". "
                                + Reporter.message(e),
                        reporter.remedy(e, remedy()));
            }
            return false;
        }

        private static void needsConnection(Revision revision, NeedsConnectionException e, Reporter reporter) {
            reporter.aboutRevision(
                    FindingClass.NEEDS_CONNECTION,
                    revision,
                    Reporter.message(e),
                    "Nothing to do, unless the history has to be given as a script.");
        }

        private static String remedy() {
            return "Let what the revision does depend on nothing that its predecessors did not make, or run it with a"
                    + " connection.";
        }

        /** Returns whether both databases are equal after a step; reports each difference. */
        private boolean isSame(int applied, @Nullable Revision revision, Direction direction, Reporter reporter) {
            DatabaseState online = walk().state();
            List<Difference> differences = new ArrayList<>(online.differencesTo(scripted.state()));
            if (differences.stream().anyMatch(Run::isOfRows)) {
                control.moveTo(direction == Direction.UPGRADE ? applied : applied + 1);
                if (direction == Direction.DOWNGRADE && revision != null) {
                    control.down(revision.id());
                    control.markDiverged();
                }
                List<Difference> byTheClock = online.differencesTo(control.state());
                differences.removeIf(difference -> isOfRows(difference)
                        && byTheClock.stream().anyMatch(other -> other.object()
                                .id()
                                .equals(difference.object().id())));
            }
            String subject = revision == null ? "The whole history" : Reporter.words(revision);
            String way = direction == Direction.UPGRADE ? "upgraded" : "taken back";
            for (Difference difference : differences) {
                reporter.aboutDifference(
                        FindingClass.SCRIPT_DIFFERS,
                        revision == null ? null : revision.id(),
                        difference,
                        subject + ", " + way + " by its script, comes to something else on " + reporter.title()
                                + " than by a run:\n  " + difference,
                        remedy());
            }
            return sameVersion(revision, subject + ", " + way, reporter) && differences.isEmpty();
        }

        private static boolean isOfRows(Difference difference) {
            return difference.object().id().kind() == ObjectKind.ROW;
        }

        private boolean sameVersion(@Nullable Revision revision, String subject, Reporter reporter) {
            Set<RevisionId> expected = walk().current();
            Set<RevisionId> found = scripted.current();
            if (found.equals(expected)) {
                return true;
            }
            String message = subject + " by its script, leaves the version " + found + " on " + reporter.title()
                    + "; a run leaves " + expected + ".";
            if (revision == null) {
                reporter.aboutHistory(FindingClass.SCRIPT_DIFFERS, headTitle(), message, remedy());
            } else {
                reporter.aboutRevision(FindingClass.SCRIPT_DIFFERS, revision, message, remedy());
            }
            return false;
        }

        /**
         * Checks one script from the base to the heads, as users give it to others. A setting that a revision makes
         * stays in effect in the rest of the script.
         */
        private void wholeHistory(Reporter reporter) {
            walk().moveTo(walk().revisions().size());
            if (walk().hasFailed()) {
                reporter.skip(
                        null, "The script of the whole history was not run: an upgrade fails, as its own check says.");
                return;
            }
            scripted.markDiverged();
            scripted.moveTo(0);
            boolean ran = runs(Direction.UPGRADE, reporter)
                    && isSame(walk().revisions().size(), null, Direction.UPGRADE, reporter);
            scripted.markDiverged();
            boolean comesBack = walk().revisions().stream()
                    .map(revision ->
                            context().tool().downgrade(revision.id(), context().dialect()))
                    .allMatch(d -> d instanceof Downgrade.Defined || d instanceof Downgrade.Keep);
            if (!ran || !comesBack) {
                return;
            }
            for (int i = walk().revisions().size() - 1; i >= 0; i--) {
                if (walk().down(walk().revisions().get(i).id()).failure() != null) {
                    reporter.skip(null, "The way down was not compared: a downgrade fails, as its own check says.");
                    walk().markDiverged();
                    return;
                }
            }
            if (runs(Direction.DOWNGRADE, reporter)) {
                DatabaseState left = walk().state();
                for (Difference difference : left.schemaDifferencesTo(scripted.state())) {
                    reporter.aboutDifference(
                            FindingClass.SCRIPT_DIFFERS,
                            null,
                            difference,
                            "The whole history, taken back by its script, comes to something else on "
                                    + reporter.title() + " than by a run:\n  " + difference,
                            remedy());
                }
                sameVersion(null, "The whole history, taken back", reporter);
            }
            walk().markDiverged();
        }

        /** Runs the script of the whole history; returns whether it could be written and ran without a failure. */
        private boolean runs(Direction direction, Reporter reporter) {
            String way = direction == Direction.UPGRADE ? "up" : "down";
            try {
                run(context().tool().script(context().dialect(), direction));
                return true;
            } catch (NeedsConnectionException e) {
                reporter.skip(null, "There is no script of the whole history: " + Reporter.message(e));
            } catch (ScriptFailedException e) {
                reporter.aboutHistory(
                        FindingClass.SCRIPT_DIFFERS,
                        headTitle(),
                        "The script of the whole history, " + way + ", fails on " + reporter.title() + " at\n"
                                + e.getMessage(),
                        reporter.remedy(e, remedy()));
            } catch (DatabaseException e) {
                throw e;
            } catch (TurnstoneException e) {
                reporter.skip(null, "There is no script of the whole history: " + Reporter.message(e));
            }
            return false;
        }

        /**
         * Runs a script as a database client does: statement by statement on one connection, until the first failure.
         */
        private void run(String script) {
            String sql = script.lines()
                    .filter(line -> !line.equals(context().dialect().client().stopAtFailure()))
                    .collect(Collectors.joining("\n"));
            scripted.run(context().dialect().split(new SqlText(sql, new Location("the script", 1, 1))));
        }
    }
}
