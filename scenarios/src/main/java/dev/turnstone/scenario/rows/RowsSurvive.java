package dev.turnstone.scenario.rows;

import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.rows.Counter;
import dev.turnstone.rows.NotFilled;
import dev.turnstone.rows.RowComparison;
import dev.turnstone.rows.RowDifference;
import dev.turnstone.rows.TableImage;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.rows.FilledDatabase.Moment;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks that filled tables keep their rows over up, down and up again, and that each upgrade succeeds on them. */
public final class RowsSurvive implements Scenario {

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public String proves() {
        return "No generated row is lost when a revision is applied, reverted and applied again.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends CursorRun {

        private final FilledDatabase filled;
        private final FilledUpgrade upgrade;
        private final UsersAssertions assertions;

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
            filled = new FilledDatabase(context, walk());
            upgrade = new FilledUpgrade(context, filled);
            assertions = new UsersAssertions(context, walk());
        }

        @Override
        public List<Check> checks() {
            List<Revision> revisions = walk().revisions();
            List<Check> checks = new ArrayList<>();
            for (int i = 0; i < revisions.size(); i++) {
                int place = i;
                Revision revision = revisions.get(i);
                checks.add(check(revision.id(), title(revision), reporter -> lookAt(place, revision, reporter)));
            }
            return checks;
        }

        private void lookAt(int place, Revision revision, Reporter reporter) {
            filled.moveTo(place);
            Moment before = upgrade.run(place, revision, reporter);
            if (before == null) {
                return;
            }
            assertions.look(revision, Direction.UPGRADE, reporter);
            Moment after = filled.moment();
            if (wentDown(revision, reporter)) {
                assertions.look(revision, Direction.DOWNGRADE, reporter);
                Moment back = filled.moment();
                boolean same = compare(revision, before, after, back, reporter);
                upAgain(revision, before, after, same, reporter);
            }
            if (!walk().mustRestart(place + 1)) {
                notFilled(revision, filled.fill(filled.moment()), reporter);
            }
        }

        private boolean wentDown(Revision revision, Reporter reporter) {
            Downgrade downgrade = downgrade(revision);
            if (downgrade instanceof Downgrade.Irreversible irreversible) {
                reporter.irreversible(revision, irreversible);
                return false;
            }
            if (downgrade instanceof Downgrade.Missing) {
                reporter.skip(revision.id(), "It has no downgrade, so going down and up again was not tried.");
                return false;
            }
            Attempt down = walk().down(revision.id());
            if (down.failure() == null) {
                return true;
            }
            reporter.downFails(revision, down.failure());
            if (down.halfDone()) {
                walk().markDiverged();
            }
            return false;
        }

        private Downgrade downgrade(Revision revision) {
            return context().tool().downgrade(revision.id(), context().dialect());
        }

        /** Compares the rows before the upgrade with the rows after the downgrade; returns whether they are equal. */
        private boolean compare(Revision revision, Moment before, Moment after, Moment back, Reporter reporter) {
            if (downgrade(revision) instanceof Downgrade.Keep) {
                // The revision declares what its downgrade keeps, with a reason; the rows are exempt.
                return true;
            }
            List<RowDifference> differences =
                    new ArrayList<>(RowComparison.ofAll(before.images(), after.images(), back.images()));
            // The counters of a table that was dropped and created again are not compared: the comparison of its rows
            // already reports it.
            differences.addAll(Counter.setBack(before.countersOfTablesIn(after), back.countersOfTablesIn(after)));
            Optional<String> lossy = context().tool().lossy(revision.id());
            if (lossy.isPresent()) {
                if (!differences.isEmpty()) {
                    reporter.skip(revision.id(), "Declared lossy: " + lossy.get());
                }
                return differences.isEmpty();
            }
            differences.forEach(difference -> report(
                    revision,
                    difference,
                    Reporter.words(revision) + " went up and down on " + reporter.title() + ", and the rows of table "
                            + difference.table().name() + " are not what they were",
                    reporter));
            return differences.isEmpty();
        }

        private void report(Revision revision, RowDifference difference, String what, Reporter reporter) {
            FindingClass findingClass =
                    switch (difference.kind()) {
                        case LOST -> FindingClass.ROWS_LOST;
                        case CHANGED -> FindingClass.ROWS_CHANGED;
                        case ADDED -> FindingClass.ROWS_ADDED;
                    };
            String remedy =
                    switch (difference.kind()) {
                        case LOST ->
                            "Have the upgrade save these rows so that the downgrade can restore them, or declare"
                                    + " '-- lossy: REASON' in the revision.";
                        case CHANGED ->
                            "Have the downgrade compute the previous values, or declare in the revision '-- lossy:"
                                    + " REASON'.";
                        case ADDED -> "Let the downgrade delete what the upgrade has put in.";
                    };
            reporter.aboutRows(
                    findingClass,
                    revision.id(),
                    difference.table(),
                    what + " (seed " + context().options().rows().seed() + "):\n  " + difference.detail(),
                    remedy);
        }

        private void upAgain(Revision revision, Moment before, Moment after, boolean same, Reporter reporter) {
            Attempt again = walk().upAgain(revision.id());
            if (again.failure() != null) {
                walk().markDiverged();
                reporter.skip(
                        revision.id(),
                        "It could not be applied a second time on the rows. " + Reporter.message(again.failure()));
                return;
            }
            assertions.look(revision, Direction.UPGRADE, reporter);
            if (!same) {
                return;
            }
            Moment second = filled.moment();
            List<RowDifference> differences = differencesThatStay(revision, before, after, second);
            differences.forEach(difference -> report(
                    revision,
                    difference,
                    Reporter.words(revision) + " goes up, down and up again on " + reporter.title()
                            + ", and the second time leaves other rows in table "
                            + difference.table().name() + " than the first",
                    reporter));
        }

        /** Returns the differences without values that change with each run, such as the current time. */
        private List<RowDifference> differencesThatStay(Revision revision, Moment before, Moment after, Moment second) {
            SortedMap<ObjectId, TableImage> first = ofColumnsBefore(after, before);
            List<RowDifference> differences = RowComparison.ofAll(first, first, second.images());
            if (differences.isEmpty()) {
                return differences;
            }
            if (walk().down(revision.id()).failure() != null
                    || walk().upAgain(revision.id()).failure() != null) {
                walk().markDiverged();
                return differences;
            }
            List<ObjectId> restless =
                    RowComparison.ofAll(
                                    ofColumnsBefore(second, before),
                                    first,
                                    filled.moment().images())
                            .stream()
                            .filter(difference -> difference.kind() == RowDifference.Kind.CHANGED)
                            .map(RowDifference::table)
                            .toList();
            return differences.stream()
                    .filter(difference ->
                            difference.kind() != RowDifference.Kind.CHANGED || !restless.contains(difference.table()))
                    .toList();
        }

        /** Returns the tables of a moment, reduced to the columns that they had at an earlier moment. */
        private static SortedMap<ObjectId, TableImage> ofColumnsBefore(Moment moment, Moment before) {
            SortedMap<ObjectId, TableImage> images = new TreeMap<>();
            moment.images().forEach((id, image) -> {
                TableImage former = before.images().get(id);
                if (former != null) {
                    images.put(id, image.only(former.columns()));
                }
            });
            return images;
        }

        private void notFilled(Revision revision, List<NotFilled> tables, Reporter reporter) {
            tables.forEach(table -> reporter.aboutRows(
                    FindingClass.NOT_FILLED,
                    revision.id(),
                    table.table(),
                    "No row was found for table " + table.table().name() + " on " + reporter.title()
                            + ", so that its rows were not watched. Against it stands: " + table.constraint() + ". "
                            + table.words(),
                    "Give it rows of your own (--seed, seedAt)."));
        }

        @Override
        public void close() {
            upgrade.close();
            super.close();
        }
    }
}
