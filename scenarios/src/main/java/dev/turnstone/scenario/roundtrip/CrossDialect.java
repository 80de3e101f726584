package dev.turnstone.scenario.roundtrip;

import dev.turnstone.database.MissingPrivilegeException;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.MissingExtensionException;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.cursor.UnusableDatabase;
import dev.turnstone.snapshot.ExpressionReader;
import dev.turnstone.snapshot.LogicalComparison;
import dev.turnstone.snapshot.LogicalDiff;
import dev.turnstone.snapshot.LogicalDifference;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that SQLite and PostgreSQL have logically equal schemas at the head of the history. Both dialects may use one
 * history, or each dialect its own.
 */
public final class CrossDialect implements Scenario {

    @Override
    public String name() {
        return "cross-dialect";
    }

    @Override
    public String proves() {
        return "At the head, the schemas of both dialects have the same meaning.";
    }

    @Override
    public boolean spansDialects() {
        return true;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run implements ScenarioRun {

        private final Scenario scenario;
        private final ScenarioContext first;
        private final MigrationCursor walk;
        private final Optional<MigrationCursor> other;

        Run(Scenario scenario, ScenarioContext context) {
            this.scenario = scenario;
            first = context;
            walk = new MigrationCursor(context);
            other = Optional.ofNullable(context.counterpart()).map(MigrationCursor::new);
        }

        @Override
        public List<Check> checks() {
            return List.of(new Check(null, title(), this::compare));
        }

        private String title() {
            String heads = heads(first);
            ScenarioContext second = first.counterpart();
            return "head " + heads
                    + (second == null || heads(second).equals(heads) ? "" : " beside head " + heads(second));
        }

        private static String heads(ScenarioContext context) {
            return context.tool().graph().heads().stream()
                    .map(RevisionId::value)
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        private Outcome compare() {
            Reporter reporter = new Reporter(scenario, first);
            ScenarioContext second = first.counterpart();
            if (second == null) {
                reporter.skip(
                        null,
                        "Only " + first.dialect().title()
                                + " was asked for, and this compares two dialects. Name both, or a directory for each:"
                                + " --dialect sqlite=DIR --dialect postgresql=DIR.");
                return reporter.outcome();
            }
            try {
                MigrationCursor counterpart = other.orElseThrow();
                boolean installed = install(walk, first, reporter);
                if (install(counterpart, second, reporter) && installed) {
                    report(walk, counterpart, reporter);
                } else {
                    reporter.skip(null, "A fresh install fails, so there are no two schemas to compare.");
                }
            } catch (MissingPrivilegeException | MissingExtensionException e) {
                reporter.skip(null, Reporter.message(e));
            }
            return reporter.outcome();
        }

        private boolean install(MigrationCursor installing, ScenarioContext context, Reporter reporter) {
            Reporter onIts = Reporter.onOneDialect(scenario, context);
            UnusableDatabase.in(installing, context, null, onIts, () -> {
                installing.moveTo(0);
                for (Revision revision : installing.revisions()) {
                    TurnstoneException failure = installing.up(revision.id()).failure();
                    if (failure != null) {
                        onIts.upFails(revision, failure);
                    }
                }
                if (!onIts.hasErrors()) {
                    // The cursor keeps this result and returns it for the comparison.
                    installing.state();
                }
            });
            reporter.addAll(onIts);
            return !onIts.hasErrors();
        }

        private static SchemaSnapshot snapshot(MigrationCursor walk) {
            return new SchemaSnapshot(
                    walk.database().dialect().name(), walk.state().schema());
        }

        private void report(MigrationCursor left, MigrationCursor right, Reporter reporter) {
            boolean leftReads = left.database().dialect().canonicalizesExpressions();
            LogicalDiff diff = LogicalComparison.between(
                    snapshot(left),
                    snapshot(right),
                    first.options().logicalRules(),
                    ExpressionReader.over((leftReads ? left : right).database().dataSource()));
            diff.differences().stream()
                    .sorted(Comparator.comparing(difference -> !difference.isFault()))
                    .forEach(difference -> reporter.aboutHistory(
                            findingClass(difference), difference.object(), difference.message(), remedy(difference)));
            diff.excepted()
                    .forEach(excepted -> reporter.asMeant(
                            findingClass(excepted.difference()),
                            excepted.difference().object(),
                            excepted.difference().message() + "\nIt is meant so: "
                                    + excepted.by().reason(),
                            "Nothing to do, as long as the reason holds."));
        }

        private static FindingClass findingClass(LogicalDifference difference) {
            return switch (difference.kind()) {
                case MISSING -> FindingClass.MISSING;
                case DIFFERS -> FindingClass.DIFFERS;
                case NO_COUNTERPART -> FindingClass.NO_COUNTERPART;
            };
        }

        private static String remedy(LogicalDifference difference) {
            String except = "say with a reason that they are meant to differ (--except, [cross-dialect.except],"
                    + " @MigrationTest(dialectDifferences = …)).";
            return switch (difference.kind()) {
                case MISSING -> "Make it on the other dialect too, or " + except;
                case DIFFERS -> "Make both mean the same, or " + except;
                case NO_COUNTERPART -> "Nothing to do where the application can do without it.";
            };
        }

        @Override
        public void close() {
            try {
                other.ifPresent(MigrationCursor::close);
            } finally {
                walk.close();
            }
        }
    }
}
