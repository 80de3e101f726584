package dev.turnstone.scenario;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.NamingConvention;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.source.Downgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that a project gives itself, judged on what each upgrade changes in the schema and not on its text. */
public final class Policies implements Scenario {

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String proves() {
        return "Each revision keeps to the rules that the project gave itself.";
    }

    @Override
    public boolean runsUnasked() {
        return false;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends WalkingRun {

        /** What an application names in its statements, and misses when it is gone. */
        private static final Set<ObjectKind> USED = Set.of(
                ObjectKind.SCHEMA,
                ObjectKind.ENUM,
                ObjectKind.DOMAIN,
                ObjectKind.TYPE,
                ObjectKind.SEQUENCE,
                ObjectKind.TABLE,
                ObjectKind.COLUMN,
                ObjectKind.VIEW,
                ObjectKind.MATERIALIZED_VIEW,
                ObjectKind.FUNCTION,
                ObjectKind.PROCEDURE);

        /** A name that the server chose says nothing of its author's. */
        private static final NamingConvention CONVENTION =
                NamingConvention.standard().allowingUnnamed();

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

        private boolean holds(Policy policy) {
            return context().options().policies().holds(policy);
        }

        private void lookAt(int place, Revision revision, Reporter reporter) {
            downgrade(revision, reporter);
            if (!holds(Policy.ADDITIVE_ONLY) && !holds(Policy.NAMING)) {
                return;
            }
            walk().bringTo(place);
            State before = walk().state();
            if (!up(reporter, revision)) {
                return;
            }
            State after = walk().state();
            before.schemaDifferencesTo(after).stream()
                    .filter(Run::takesAway)
                    .forEach(difference -> notAdditive(revision, difference, reporter));
            names(revision, before, after, reporter);
        }

        private void downgrade(Revision revision, Reporter reporter) {
            if (context().tool().downgrade(revision.id(), context().dialect()) instanceof Downgrade.Missing) {
                reporter.aboutPolicy(
                        Policy.DOWNGRADE_PRESENT,
                        revision.id(),
                        ObjectId.of(ObjectKind.REVISION, revision.id().value()),
                        Reporter.words(revision) + " has no downgrade on " + reporter.title() + ".",
                        "Write one; or say why there is none, where the format knows that.");
            }
        }

        private static boolean takesAway(Difference difference) {
            ObjectKind kind = difference.object().id().kind();
            if (difference instanceof Difference.Removed) {
                return USED.contains(kind);
            }
            return kind == ObjectKind.COLUMN
                    && difference instanceof Difference.Changed changed
                    && changed.changes().stream().anyMatch(Run::narrows);
        }

        /** Another type is taken for narrower: whether all values and statements fit it cannot be told from the schema. */
        private static boolean narrows(Difference.AttributeChange change) {
            return change.attribute().equals("type")
                    || (change.attribute().equals("nullable") && "no".equals(change.after()));
        }

        private void notAdditive(Revision revision, Difference difference, Reporter reporter) {
            reporter.aboutPolicy(
                    Policy.ADDITIVE_ONLY,
                    revision.id(),
                    difference.object().id(),
                    Reporter.words(revision) + " takes away on " + reporter.title()
                            + " what an application that still runs may use:\n  " + difference,
                    "Add the new beside the old, and take the old away when nothing uses it any more.");
        }

        private void names(Revision revision, State before, State after, Reporter reporter) {
            Map<ObjectId, SchemaObject> old = before.schema().objects();
            Map<ObjectId, SchemaObject> now = after.schema().objects();
            for (NamingConvention.Violation violation : CONVENTION.violationsIn(after.schema())) {
                SchemaObject object = now.get(violation.object());
                if (!old.containsKey(violation.object()) && object != null && !object.generatedName()) {
                    reporter.aboutPolicy(
                            Policy.NAMING,
                            revision.id(),
                            violation.object(),
                            Reporter.words(revision) + " adds " + violation.object() + " on " + reporter.title()
                                    + "; by the convention its name is " + violation.expected() + ".",
                            "Name it so, before the revision is applied anywhere.");
                }
            }
        }

        private void heads(Reporter reporter) {
            Set<RevisionId> heads = context().tool().graph().heads();
            if (heads.size() > 1) {
                String names = heads.stream().map(RevisionId::value).sorted().collect(Collectors.joining(", "));
                reporter.aboutPolicy(
                        Policy.ONE_HEAD,
                        null,
                        ObjectId.of(ObjectKind.REVISION, names),
                        "The history has " + heads.size() + " heads: " + names + ".",
                        "Create a merge revision with all of them as parents.");
            }
        }
    }
}
