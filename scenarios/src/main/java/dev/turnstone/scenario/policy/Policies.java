package dev.turnstone.scenario.policy;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.ForbiddenChange;
import dev.turnstone.scenario.ObservedChange;
import dev.turnstone.scenario.Policy;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.NamingConvention;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks the rules that a project defines for its revisions. The rules apply to the changes that each upgrade makes in
 * the schema, not to the text of the upgrade.
 *
 * <p>{@link Policy#EDITED} is not checked here, because only the caller knows the git reference that it compares with.
 */
public final class Policies implements Scenario {

    /** The name of the scenario, which findings about edited revisions also use. */
    public static final String NAME = "policies";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String proves() {
        return "Each revision complies with the policies of the project.";
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
            checks.add(check(null, "one " + headTitle(), this::heads));
            return checks;
        }

        private PolicySettings settings() {
            return context().options().policies();
        }

        private void lookAt(int place, Revision revision, Reporter reporter) {
            downgrade(revision, reporter);
            fileName(revision, reporter);
            boolean forbids = settings().holds(Policy.FORBIDDEN)
                    && !settings().forbidden().isEmpty();
            if (!forbids
                    && !settings().holds(Policy.NOT_ADDITIVE)
                    && !settings().holds(Policy.MISNAMED)) {
                return;
            }
            walk().moveTo(place);
            DatabaseState before = walk().state();
            if (!up(reporter, revision)) {
                return;
            }
            DatabaseState after = walk().state();
            ObservedChange change = ObservedChange.between(before, after);
            new RemovedObjects(change).differences().forEach(difference -> notAdditive(revision, difference, reporter));
            forbidden(revision, change, reporter);
            names(revision, change, after, reporter);
        }

        private void downgrade(Revision revision, Reporter reporter) {
            if (context().tool().downgrade(revision.id(), context().dialect()) instanceof Downgrade.Missing missing) {
                reporter.aboutPolicy(
                        Policy.DOWN_MISSING,
                        revision.id(),
                        ObjectId.of(ObjectKind.REVISION, revision.id().value()),
                        Reporter.words(revision) + " has no downgrade for " + reporter.title() + "."
                                + (missing.explanation() == null ? "" : " " + missing.explanation()),
                        "Write one, or declare the revision 'keep' or 'irreversible' with a reason; where old revisions"
                                + " are meant to have none, name the first that has one (--min-downgrade).");
            }
        }

        /**
         * Checks the file name of a revision. A revision in Java is not checked, because its class name follows other
         * rules.
         */
        private void fileName(Revision revision, Reporter reporter) {
            String origin = revision.origin();
            if (!origin.toLowerCase(Locale.ROOT).endsWith(".sql")) {
                return;
            }
            Optional<Pattern> pattern = settings().files();
            boolean follows = pattern.map(files -> files.matcher(origin).matches())
                    .orElseGet(() -> context().tool().format() != Format.TURNSTONE
                            || settings().template().isFollowedBy(origin));
            if (!follows) {
                String expected = pattern.map(files -> "match " + files)
                        .orElseGet(() -> "are named " + settings().template() + ".sql");
                reporter.aboutPolicy(
                        Policy.FILE_MISNAMED,
                        revision.id(),
                        ObjectId.of(ObjectKind.REVISION, revision.id().value()),
                        Reporter.words(revision) + " is in the file " + origin + "; files of revisions " + expected
                                + ".",
                        "Rename the file, before the revision is applied anywhere.");
            }
        }

        private void notAdditive(Revision revision, Difference difference, Reporter reporter) {
            reporter.aboutPolicy(
                    Policy.NOT_ADDITIVE,
                    revision.id(),
                    difference.object().id(),
                    Reporter.words(revision) + " takes away on " + reporter.title()
                            + " what an application that still runs may use:\n  " + difference,
                    "Add the new beside the old, and take the old away when nothing uses it any more; then say in the"
                            + " revision that it is '-- not-additive: REASON'.");
        }

        private void forbidden(Revision revision, ObservedChange change, Reporter reporter) {
            for (ForbiddenChange forbidden : settings().forbidden()) {
                for (ForbiddenChange.Breach breach : forbidden.in(change)) {
                    reporter.aboutPolicy(
                            Policy.FORBIDDEN,
                            revision.id(),
                            breach.object().id(),
                            Reporter.words(revision) + " does on " + reporter.title() + " what the project forbids ("
                                    + forbidden + "):\n  " + breach.words(),
                            "Do without it, or say in the revision why it must be: '-- forbidden: REASON'.");
                }
            }
        }

        private void names(Revision revision, ObservedChange change, DatabaseState after, Reporter reporter) {
            for (NamingConvention.Violation violation : settings().names().violationsIn(after.schema())) {
                SchemaObject object = change.after().get(violation.object());
                if (object != null && change.isNew(object) && !object.generatedName()) {
                    reporter.aboutPolicy(
                            Policy.MISNAMED,
                            revision.id(),
                            violation.object(),
                            Reporter.words(revision) + " adds " + violation.object() + " on " + reporter.title()
                                    + "; by the convention its name is " + violation.expected() + ".",
                            "Name it so, before the revision is applied anywhere; or say in the revision why not:"
                                    + " '-- misnamed: REASON'.");
                }
            }
        }

        private void heads(Reporter reporter) {
            Set<RevisionId> heads = context().tool().graph().heads();
            if (heads.size() > 1) {
                String names = heads.stream().map(RevisionId::value).sorted().collect(Collectors.joining(", "));
                reporter.aboutPolicy(
                        Policy.SEVERAL_HEADS,
                        null,
                        ObjectId.of(ObjectKind.REVISION, names),
                        "The history has " + heads.size() + " heads: " + names + ".",
                        "Create a merge revision with all of them as parents.");
            }
        }
    }
}
