package dev.turnstone.scenario.rerun;

import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.rows.FilledDatabase;
import dev.turnstone.schema.Difference;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that {@code upgrade head} does nothing when it runs a second time, and that each body changes nothing when it
 * runs again at its revision.
 */
public final class IdempotentRerun implements Scenario {

    @Override
    public String name() {
        return "idempotent-rerun";
    }

    @Override
    public String proves() {
        return "A second upgrade changes nothing, and each body can run a second time.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends CursorRun {

        private final FilledDatabase filled;

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
            filled = new FilledDatabase(context, walk());
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
            checks.add(check(null, headTitle() + " twice", this::headTwice));
            return checks;
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            filled.bringAgainTo(place);
            if (!wentUp(place, revision, reporter)) {
                return;
            }
            Optional<String> exempt = context().tool().rerunExempt(revision.id());
            if (exempt.isPresent()) {
                reporter.skip(revision.id(), "Declared exempt: " + exempt.get());
                return;
            }
            DatabaseState after = walk().state();
            if (!bodyAgain(revision, Direction.UPGRADE, after, reporter)) {
                walk().markDiverged();
                filled.bringAgainTo(place + 1);
                after = walk().state();
            }
            if (context().tool().downgrade(revision.id(), context().dialect()) instanceof Downgrade.Defined) {
                downgradeAgain(place, revision, after, reporter);
            }
        }

        /**
         * Applies a revision to filled tables. If it fails on rows, which the scenario rows reports, applies it to
         * empty tables. Returns whether it was applied.
         */
        private boolean wentUp(int place, Revision revision, Reporter reporter) {
            Attempt onRows = walk().tryUp(revision.id());
            if (onRows.failure() == null && walk().passedOver().isEmpty()) {
                return true;
            }
            if (onRows.failure() instanceof TimeOutException) {
                reporter.upFails(revision, onRows.failure());
                return false;
            }
            filled.bringWithoutRowsTo(place);
            return up(reporter, revision);
        }

        private void downgradeAgain(int place, Revision revision, DatabaseState applied, Reporter reporter) {
            DatabaseState after = applied;
            Attempt down = walk().down(revision.id());
            if (down.failure() != null && !(down.failure() instanceof TimeOutException)) {
                filled.bringWithoutRowsTo(place + 1);
                after = walk().state();
                down = walk().down(revision.id());
            }
            if (down.failure() != null) {
                reporter.downFails(revision, down.failure());
                if (down.halfDone()) {
                    walk().markDiverged();
                }
                return;
            }
            if (!down.statements().isEmpty() && !bodyAgain(revision, Direction.DOWNGRADE, walk().state(), reporter)) {
                walk().markDiverged();
                return;
            }
            if (walk().upAgain(revision.id()).failure() != null
                    || !after.schemaDifferencesTo(walk().state()).isEmpty()) {
                // Missing rows, such as those of a table that was created again, do not matter here: they are filled in
                // later.
                walk().markDiverged();
            }
        }

        /**
         * Runs a body again.
         *
         * @return whether the database is unchanged
         */
        private boolean bodyAgain(Revision revision, Direction direction, DatabaseState before, Reporter reporter) {
            boolean up = direction == Direction.UPGRADE;
            Attempt again = walk().body(revision.id(), direction);
            if (again.failure() != null && reporter.isTimeOut(revision, "run a second time", again.failure())) {
                return false;
            }
            if (again.failure() instanceof PreconditionFailedException) {
                reporter.skip(
                        revision.id(),
                        "Its precondition keeps its body from running a second time. "
                                + Reporter.message(again.failure()));
                return true;
            }
            if (again.failure() != null) {
                reporter.aboutRevision(
                        up ? FindingClass.RERUN_FAILS : FindingClass.DOWN_RERUN_FAILS,
                        revision,
                        "The " + (up ? "upgrade" : "downgrade") + " body cannot run a second time. "
                                + Reporter.message(again.failure()),
                        reporter.remedy(again.failure(), remedy(up)));
                return !again.halfDone();
            }
            List<Difference> differences =
                    again.statements().isEmpty() ? List.of() : before.differencesTo(walk().state());
            for (Difference difference : differences) {
                reporter.aboutDifference(
                        up ? FindingClass.RERUN_CHANGES : FindingClass.DOWN_RERUN_CHANGES,
                        revision.id(),
                        difference,
                        Reporter.words(revision) + " runs its " + (up ? "upgrade" : "downgrade")
                                + " body a second time on " + reporter.title() + ", and that changes something:\n  "
                                + difference,
                        remedy(up));
            }
            return differences.isEmpty();
        }

        private static String remedy(boolean up) {
            return "Guard it ("
                    + (up ? "IF NOT EXISTS, '-- unless table T', op.hasTable" : "IF EXISTS, op.hasTable")
                    + "), or declare the revision '-- rerun-exempt: REASON'.";
        }

        private void headTwice(Reporter reporter) {
            filled.bringAgainTo(walk().revisions().size());
            DatabaseState before = walk().state();
            Attempt again = walk().upgrade("heads");
            if (reporter.isTimeOut(
                    headTitle(), "'upgrade head' on a database that is there already", again.failure())) {
                return;
            }
            if (again.failure() != null) {
                reporter.aboutHistory(
                        FindingClass.HEAD_NOT_NOOP,
                        headTitle(),
                        "'upgrade head' fails on a database that is there already. "
                                + Reporter.message(again.failure()),
                        reporter.remedy(again.failure(), "Correct what the message names."));
                return;
            }
            List<Difference> differences = before.differencesTo(walk().state());
            if (!again.statements().isEmpty() || !differences.isEmpty()) {
                walk().markDiverged();
                reporter.aboutHistory(
                        FindingClass.HEAD_NOT_NOOP,
                        headTitle(),
                        "'upgrade head' on a database that is there already runs "
                                + again.statements().size() + " statements on " + reporter.title()
                                + differences.stream().map(d -> "\n  " + d).collect(Collectors.joining()),
                        "Let every revision be recorded as applied when it has run.");
            }
        }
    }
}
