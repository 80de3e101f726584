package dev.turnstone.scenario;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Walk.Attempt;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each revision goes up, down and up again without leaving a trace, and so does the whole history. */
public final class UpDownUp implements Scenario {

    @Override
    public String name() {
        return "up-down-up";
    }

    @Override
    public String proves() {
        return "Each revision can be taken back without a trace, and applied again.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends WalkingRun {

        /** Revisions that do not come back to where they were, so that the whole history cannot either. */
        private final Set<RevisionId> unclean = new HashSet<>();

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
                checks.add(check(revision.id(), title(revision), reporter -> {
                    oneRevision(place, revision, reporter);
                    if (reporter.outcome().findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
                        unclean.add(revision.id());
                    }
                }));
            }
            checks.add(check(null, "whole history to " + headTitle(), this::wholeHistory));
            return checks;
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            walk().bringTo(place);
            State before = walk().state();
            if (!up(reporter, revision)) {
                return;
            }
            Downgrade downgrade =
                    context().tool().downgrade(revision.id(), context().dialect());
            if (downgrade instanceof Downgrade.Irreversible irreversible) {
                reporter.skip(revision.id(), "Declared irreversible: " + irreversible.reason());
                return;
            }
            if (downgrade instanceof Downgrade.Missing missing) {
                downMissing(revision, missing, reporter);
                return;
            }
            State after = walk().state();
            Attempt down = walk().down(revision.id());
            if (down.failure() != null) {
                downFails(revision, down, reporter);
                return;
            }
            State back = walk().state();
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

        private void downFails(Revision revision, Attempt down, Reporter reporter) {
            reporter.aboutRevision(
                    FindingClass.DOWN_FAILS,
                    revision,
                    Reporter.message(java.util.Objects.requireNonNull(down.failure())),
                    "Correct the downgrade, so that it takes back what the upgrade has just done.");
            if (down.halfDone()) {
                walk().goneAstray();
            }
        }

        /** Names a downgrade that does nothing at all, although the upgrade did something. */
        private void nothingDone(
                Revision revision, State before, State after, State back, Attempt down, Reporter reporter) {
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
                reporter.aboutObject(
                        FindingClass.LEFTOVER,
                        revision,
                        trace,
                        where,
                        "Drop it in the downgrade, or declare the revision irreversible with a reason.");
            } else if (trace instanceof Difference.Removed) {
                reporter.aboutObject(
                        FindingClass.MISSING,
                        revision,
                        trace,
                        where,
                        "Make it again in the downgrade, as it was before the upgrade.");
            } else if (trace instanceof Difference.Changed) {
                reporter.aboutObject(
                        FindingClass.CHANGED,
                        revision,
                        trace,
                        where,
                        "Restore in the downgrade the definition from before the upgrade.");
            } else {
                harmless(revision, trace, where, reporter);
            }
        }

        /** What does not matter to a program, but may surprise a person. */
        private static void harmless(@Nullable RevisionId revision, Difference trace, String where, Reporter reporter) {
            if (trace instanceof Difference.Reordered) {
                reporter.aboutObject(
                        FindingClass.ORDER_ONLY,
                        revision,
                        trace,
                        where,
                        "Nothing to do, unless statements rely on the order of columns.");
            } else {
                reporter.aboutObject(
                        FindingClass.AUTO_NAME,
                        revision,
                        trace,
                        where,
                        "Nothing to do, unless a later revision uses the name; give it a name of your own then.");
            }
        }

        private void upAgain(Revision revision, State after, List<Difference> traces, Reporter reporter) {
            Attempt again = walk().upAgain(revision.id());
            if (again.failure() != null) {
                walk().goneAstray();
                reporter.aboutRevision(
                        FindingClass.UP_AGAIN_FAILS,
                        revision,
                        Reporter.message(again.failure()),
                        "Take back everything in the downgrade, so that the upgrade finds what it found at first.");
                return;
            }
            State second = walk().state();
            Set<ObjectId> explained = traces.stream().map(t -> t.object().id()).collect(Collectors.toSet());
            for (Difference difference : after.schemaDifferencesTo(second)) {
                if (!isExplained(difference, explained)) {
                    againDiffers(
                            revision.id(),
                            difference,
                            Reporter.words(revision) + " goes up, down and up again on " + reporter.title()
                                    + ", and the second time makes something else than the first:\n  " + difference,
                            reporter);
                }
            }
            if (!after.differencesTo(second).isEmpty()) {
                walk().goneAstray();
            }
        }

        /** Whether the downgrade's own trace says it already: what it lost is still lost after the second upgrade. */
        private static boolean isExplained(Difference difference, Set<ObjectId> explained) {
            ObjectId parent = difference.object().parent();
            return explained.contains(difference.object().id()) || (parent != null && explained.contains(parent));
        }

        private static void againDiffers(
                @Nullable RevisionId revision, Difference difference, String where, Reporter reporter) {
            if (difference instanceof Difference.Reordered || difference instanceof Difference.Renamed) {
                harmless(revision, difference, where, reporter);
            } else {
                reporter.aboutObject(
                        FindingClass.UP_AGAIN_DIFFERS,
                        revision,
                        difference,
                        where,
                        "Make upgrade and downgrade exact opposites of each other.");
            }
        }

        /** From nothing to the head, down as far as the history allows, and up again. */
        private void wholeHistory(Reporter reporter) {
            if (!unclean.isEmpty()) {
                reporter.skip(
                        null,
                        "The whole history was not walked, because of what was found for "
                                + unclean.stream()
                                        .map(RevisionId::value)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".");
                return;
            }
            List<Revision> revisions = walk().revisions();
            int floor = floor(revisions);
            walk().bringTo(0);
            walk().bringTo(floor);
            State atFloor = walk().state();
            for (Revision revision : revisions.subList(floor, revisions.size())) {
                if (!up(reporter, revision)) {
                    return;
                }
            }
            State head = walk().state();
            walk().goneAstray();
            for (int i = revisions.size() - 1; i >= floor; i--) {
                Attempt down = walk().down(revisions.get(i).id());
                if (down.failure() != null) {
                    downFails(revisions.get(i), down, reporter);
                    return;
                }
            }
            if (noneKeeps(revisions.subList(floor, revisions.size()))) {
                for (Difference trace : atFloor.schemaDifferencesTo(walk().state())) {
                    trace(null, "The whole history leaves a trace", trace, reporter);
                }
            }
            for (Revision revision : revisions.subList(floor, revisions.size())) {
                Attempt again = walk().upAgain(revision.id());
                if (again.failure() != null) {
                    reporter.aboutRevision(
                            FindingClass.UP_AGAIN_FAILS,
                            revision,
                            Reporter.message(again.failure()),
                            "Take back everything in the downgrades, so that the upgrade finds what it found at first.");
                    return;
                }
            }
            for (Difference difference : head.schemaDifferencesTo(walk().state())) {
                againDiffers(
                        null,
                        difference,
                        "The whole history goes up, down and up again on " + reporter.title()
                                + ", and the second time makes something else than the first:\n  " + difference,
                        reporter);
            }
        }

        /** How many revisions from the beginning cannot be taken back, because one of them refuses. */
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
