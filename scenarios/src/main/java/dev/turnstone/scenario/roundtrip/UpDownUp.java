package dev.turnstone.scenario.roundtrip;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each revision, and the whole history, can be applied, reverted and applied again without leaving a trace.
 */
public final class UpDownUp implements Scenario {

    @Override
    public String name() {
        return "up-down-up";
    }

    @Override
    public String proves() {
        return "Each downgrade restores the previous schema exactly, and each revision can be applied again.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends CursorRun {

        /** For each checked revision, whether its check found no error. */
        private final Map<RevisionId, Boolean> clean = new HashMap<>();

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
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
            checks.add(check(null, "whole history to " + headTitle(), this::wholeHistory));
            return checks;
        }

        private void lookAt(int place, Revision revision, Reporter reporter) {
            oneRevision(place, revision, reporter);
            clean.put(revision.id(), !reporter.hasErrors());
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            walk().moveTo(place);
            DatabaseState before = walk().state();
            if (!up(reporter, revision)) {
                return;
            }
            walk().passedOver().ifPresent(said -> reporter.skip(revision.id(), "Its body did not run. " + said));
            Downgrade downgrade =
                    context().tool().downgrade(revision.id(), context().dialect());
            if (downgrade instanceof Downgrade.Irreversible irreversible) {
                reporter.irreversible(revision, irreversible);
                return;
            }
            if (downgrade instanceof Downgrade.Missing missing) {
                downMissing(revision, missing, reporter);
                return;
            }
            DatabaseState after = walk().state();
            Attempt down = walk().down(revision.id());
            if (down.failure() != null) {
                reporter.downFails(revision, down.failure());
                if (down.halfDone()) {
                    walk().markDiverged();
                }
                return;
            }
            DatabaseState back = walk().state();
            List<Difference> traces =
                    downgrade instanceof Downgrade.Keep ? List.of() : before.schemaDifferencesTo(back);
            if (downgrade instanceof Downgrade.Defined) {
                nothingDone(revision, before, after, back, down, reporter);
            }
            traces.forEach(
                    trace -> trace(revision.id(), Reporter.words(revision) + " leaves a trace", trace, reporter));
            upAgain(revision, after, traces, reporter);
        }

        private void downMissing(Revision revision, Downgrade.Missing missing, Reporter reporter) {
            reporter.aboutRevision(
                    FindingClass.DOWN_MISSING,
                    revision,
                    Reporter.words(revision) + " has no downgrade for " + reporter.title() + "."
                            + (missing.explanation() == null ? "" : " " + missing.explanation()),
                    "Write one, or declare the revision 'keep' or 'irreversible' with a reason.");
            reporter.skip(revision.id(), "It has no downgrade, so going down and up again was not tried.");
        }

        /** Reports a downgrade that changes nothing although the upgrade changed the database. */
        private void nothingDone(
                Revision revision,
                DatabaseState before,
                DatabaseState after,
                DatabaseState back,
                Attempt down,
                Reporter reporter) {
            if (before.differencesTo(after).isEmpty()) {
                return;
            }
            if (down.statements().isEmpty()) {
                reporter.aboutRevision(
                        FindingClass.DOWN_EMPTY,
                        revision,
                        Reporter.words(revision) + " changes the database on " + reporter.title()
                                + ", and its downgrade is empty.",
                        "Take back what the upgrade does, or declare the revision 'keep' or 'irreversible' with a"
                                + " reason.");
            } else if (after.differencesTo(back).isEmpty()) {
                reporter.aboutRevision(
                        FindingClass.DOWN_NO_EFFECT,
                        revision,
                        Reporter.words(revision) + " changes the database on " + reporter.title()
                                + ", and its downgrade runs and changes nothing.",
                        "Take back what the upgrade does, or declare the revision 'keep' or 'irreversible' with a"
                                + " reason.");
            }
        }

        private static void trace(@Nullable RevisionId revision, String subject, Difference trace, Reporter reporter) {
            String where = subject + " on " + reporter.title() + " after its downgrade:\n  " + trace;
            if (trace instanceof Difference.Added) {
                reporter.aboutDifference(
                        FindingClass.LEFTOVER,
                        revision,
                        trace,
                        where,
                        "Drop it in the downgrade, or declare the revision irreversible with a reason.");
            } else if (trace instanceof Difference.Removed) {
                reporter.aboutDifference(
                        FindingClass.MISSING,
                        revision,
                        trace,
                        where,
                        "Make it again in the downgrade, as it was before the upgrade.");
            } else {
                reporter.aboutDifference(
                        FindingClass.CHANGED,
                        revision,
                        trace,
                        where,
                        "Restore in the downgrade the definition from before the upgrade.");
            }
        }

        private void upAgain(Revision revision, DatabaseState after, List<Difference> traces, Reporter reporter) {
            Attempt again = walk().upAgain(revision.id());
            if (again.failure() != null) {
                walk().markDiverged();
                if (reporter.isTimeOut(revision, "upgraded again", again.failure())) {
                    return;
                }
                reporter.aboutRevision(
                        FindingClass.UP_AGAIN_FAILS,
                        revision,
                        Reporter.message(again.failure()),
                        reporter.remedy(
                                again.failure(),
                                "Take back everything in the downgrade, so that the upgrade finds what it found at first."));
                return;
            }
            DatabaseState second = walk().state();
            for (Difference difference : after.schemaDifferencesTo(second)) {
                if (!isExplained(difference, traces)) {
                    againDiffers(
                            revision.id(),
                            difference,
                            Reporter.words(revision) + " goes up, down and up again on " + reporter.title()
                                    + ", and the second time makes something else than the first:\n  " + difference,
                            reporter);
                }
            }
            walk().arrivedAt(second, after);
        }

        /**
         * Returns whether a trace of the downgrade explains a difference. An object that the downgrade lost is still
         * missing after the second upgrade.
         */
        private static boolean isExplained(Difference difference, List<Difference> traces) {
            SchemaObject object = difference.object();
            return traces.stream()
                    .anyMatch(trace -> trace.object().id().equals(object.id())
                            || (trace.isOfWholeObject() && trace.object().id().equals(object.parent())));
        }

        private static void againDiffers(
                @Nullable RevisionId revision, Difference difference, String where, Reporter reporter) {
            reporter.aboutDifference(
                    FindingClass.UP_AGAIN_DIFFERS,
                    revision,
                    difference,
                    where,
                    "Make upgrade and downgrade exact opposites of each other.");
        }

        /**
         * Migrates from the base to the head, down as far as the history allows, and up again. This finds objects that
         * a revision's downgrade removes although another revision created them. Harmless differences are reported for
         * each revision only.
         */
        private void wholeHistory(Reporter reporter) {
            List<Revision> revisions = walk().revisions();
            List<RevisionId> unclean = unclean(revisions);
            if (!unclean.isEmpty()) {
                reporter.skip(
                        null,
                        "The whole history was not walked, because of what was found for "
                                + unclean.stream().map(RevisionId::value).collect(Collectors.joining(", ")) + ".");
                return;
            }
            int floor = floor(revisions);
            List<Revision> above = revisions.subList(floor, revisions.size());
            if (floor > 0 && above.isEmpty()) {
                reporter.skip(null, "The last revision is not taken back, and so nothing before it is.");
                return;
            }
            walk().moveTo(0);
            walk().moveTo(floor);
            DatabaseState atFloor = walk().state();
            for (Revision revision : above) {
                if (!up(reporter, revision)) {
                    return;
                }
            }
            DatabaseState head = walk().state();
            walk().markDiverged();
            if (allDown(above, reporter)) {
                if (noneKeeps(above)) {
                    seriousDifferences(atFloor)
                            .forEach(trace -> trace(null, "The whole history leaves a trace", trace, reporter));
                }
                if (allUpAgain(above, reporter)) {
                    seriousDifferences(head)
                            .forEach(difference -> againDiffers(
                                    null,
                                    difference,
                                    "The whole history goes up, down and up again on " + reporter.title()
                                            + ", and the second time makes something else than the first:\n  "
                                            + difference,
                                    reporter));
                }
            }
        }

        /** Returns the revisions whose own check found errors. The whole history cannot be checked with them. */
        private List<RevisionId> unclean(List<Revision> revisions) {
            List<RevisionId> unclean = new ArrayList<>();
            for (int i = 0; i < revisions.size(); i++) {
                Revision revision = revisions.get(i);
                if (context().options().selected().skips(revision.id()).isPresent()) {
                    continue;
                }
                if (!clean.containsKey(revision.id())) {
                    lookAt(i, revision, reporter());
                }
                if (!Boolean.TRUE.equals(clean.get(revision.id()))) {
                    unclean.add(revision.id());
                }
            }
            return unclean;
        }

        private Stream<Difference> seriousDifferences(DatabaseState before) {
            return before.schemaDifferencesTo(walk().state()).stream().filter(d -> !d.isHarmless());
        }

        private boolean allDown(List<Revision> revisions, Reporter reporter) {
            for (int i = revisions.size() - 1; i >= 0; i--) {
                Attempt down = walk().down(revisions.get(i).id());
                if (down.failure() != null) {
                    reporter.downFails(revisions.get(i), down.failure());
                    return false;
                }
            }
            return true;
        }

        private boolean allUpAgain(List<Revision> revisions, Reporter reporter) {
            for (Revision revision : revisions) {
                Attempt again = walk().upAgain(revision.id());
                if (again.failure() != null) {
                    if (reporter.isTimeOut(revision, "upgraded again", again.failure())) {
                        return false;
                    }
                    reporter.aboutRevision(
                            FindingClass.UP_AGAIN_FAILS,
                            revision,
                            Reporter.message(again.failure()),
                            reporter.remedy(
                                    again.failure(),
                                    "Take back everything in the downgrades, so that the upgrade finds what it found at"
                                            + " first."));
                    return false;
                }
            }
            return true;
        }

        /**
         * Returns how many revisions from the start cannot be reverted, because the last of them is irreversible or has
         * no downgrade.
         */
        private int floor(List<Revision> revisions) {
            for (int i = revisions.size(); i > 0; i--) {
                Downgrade downgrade = context()
                        .tool()
                        .downgrade(revisions.get(i - 1).id(), context().dialect());
                if (downgrade instanceof Downgrade.Irreversible || downgrade instanceof Downgrade.Missing) {
                    return i;
                }
            }
            return 0;
        }

        private boolean noneKeeps(List<Revision> revisions) {
            return revisions.stream()
                    .noneMatch(r -> context().tool().downgrade(r.id(), context().dialect()) instanceof Downgrade.Keep);
        }
    }
}
