package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.report.HistoryReport.Result;
import dev.turnstone.report.VisibleText;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.RowOptions;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.ScenarioRunner;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Creates the dynamic tests of a scenario; a parameter of the methods of {@link MigrationScenarios}. */
public final class ScenarioTree {

    private final MigrationTestSettings settings;
    private final TestRun run;
    private final ExtensionContext factory;

    /**
     * Creates the tree for one factory method.
     *
     * @param factory the context of that method: databases are dropped when it ends
     */
    ScenarioTree(MigrationTestSettings settings, TestRun run, ExtensionContext factory) {
        this.settings = settings;
        this.run = run;
        this.factory = factory;
    }

    /**
     * Returns the scenario's checks, in a container for each dialect; empty if the class does not run the scenario or the run
     * does not select the dialect. No database is created until a check runs.
     */
    Stream<DynamicNode> of(Scenario scenario) {
        if (!settings.runs(scenario)) {
            return Stream.empty();
        }
        RunSelection selection = RunSelection.of(factory);
        List<ScenarioContext> contexts = settings.dialects().stream()
                .filter(selection::isSelected)
                .filter(dialect -> !DialectCondition.evaluate(dialect, factory).isDisabled())
                .map(this::context)
                .toList();
        if (contexts.isEmpty()
                || (scenario.spansDialects()
                        && contexts.size() < settings.dialects().size())) {
            return Stream.empty();
        }
        Set<RevisionId> revisions = selection.revisions(settings);
        return new ScenarioRunner(
                        contexts,
                        check ->
                                revisions == null || (check.revision() != null && revisions.contains(check.revision())),
                        (check, context) -> Optional.empty())
                .executions(List.of(scenario)).stream().map(this::container);
    }

    private ScenarioContext context(Dialect dialect) {
        return new ScenarioContext(
                settings.tool(),
                dialect,
                run.databases(settings),
                settings.options().with(rows(dialect)),
                null,
                new ScenarioDatabases(run.databases(settings).keep()));
    }

    private RowOptions rows(Dialect dialect) {
        RevisionData data = new RevisionData(
                dialect,
                settings.testClass().getClassLoader(),
                settings.options().rows());
        factory.getTestInstance()
                .filter(MigrationScenarios.class::isInstance)
                .map(MigrationScenarios.class::cast)
                .ifPresent(test -> test.data(data));
        return data.options();
    }

    private DynamicContainer container(ScenarioRunner.Execution execution) {
        ScenarioRun started = execution.start();
        AutoCloseable closing = () -> {
            started.close();
            databasesOf(execution).forEach(ScenarioDatabases::requireIsolation);
        };
        factory.getStore(MigrationTestExtension.NAMESPACE).put(started, closing);
        return DynamicContainer.dynamicContainer(
                titles(execution, " and "),
                place(execution.dialect()),
                started.checks().stream().map(check -> test(execution, check)));
    }

    private static Stream<ScenarioDatabases> databasesOf(ScenarioRunner.Execution execution) {
        return execution.contexts().stream().map(ScenarioContext::whenMade).map(ScenarioDatabases.class::cast);
    }

    private static String titles(ScenarioRunner.Execution execution, String between) {
        return execution.contexts().stream()
                .map(context -> context.dialect().title())
                .collect(Collectors.joining(between));
    }

    /**
     * Returns a source for the container that differs from that of its tests. Otherwise Surefire's report would add the
     * container's name to the names of its tests.
     */
    private static URI place(String dialect) {
        return URI.create("turnstone:" + dialect);
    }

    private DynamicTest test(ScenarioRunner.Execution execution, Check check) {
        String scenario = execution.scenario().name();
        String dialect = execution.dialect();
        return DynamicTest.dynamicTest(dialect + " " + check.title(), method(), () -> {
            long begin = System.nanoTime();
            Outcome outcome;
            String servers;
            try {
                outcome = check.run();
                servers = execution.servers();
            } catch (RuntimeException | Error e) {
                report(Result.couldNotRun(scenario, dialect, titles(execution, "; "), check.title(), since(begin)));
                throw e;
            }
            report(new Result(scenario, dialect, servers, check.title(), outcome, since(begin)));
            conclude(
                    outcome,
                    databasesOf(execution).toList(),
                    settings.testClass().getSimpleName() + "." + scenario + "[" + dialect + " " + check.title() + "]");
        });
    }

    /** Returns the factory method as the source of a test, which does not inherit it from the container. */
    private URI method() {
        Method method = factory.getRequiredTestMethod();
        return URI.create("method:" + settings.testClass().getName() + "#" + method.getName()
                + Stream.of(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(",", "(", ")")));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void report(Result result) {
        run.report(settings).add(result);
    }

    private void conclude(Outcome outcome, List<ScenarioDatabases> databases, String title) {
        PublishedFindings.publish(outcome, factory);
        List<Finding> errors = outcome.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            databases.forEach(each -> each.keep(title));
            throw failure(errors);
        }
        if (outcome.isSkipped()) {
            throw new TestAbortedException(
                    outcome.skipped().stream().map(Skipped::reason).collect(Collectors.joining("\n")));
        }
    }

    /** Creates the failure with expected and actual values, which IDEs can compare. */
    private static AssertionFailedError failure(List<Finding> errors) {
        String message = VisibleText.of(errors.stream()
                .map(f -> f.findingClass().label() + "\n" + f.message() + "\n" + f.remedy())
                .collect(Collectors.joining("\n\n")));
        List<Finding.Comparison> comparisons = errors.stream()
                .map(Finding::comparison)
                .filter(Objects::nonNull)
                .toList();
        return comparisons.isEmpty()
                ? new AssertionFailedError(message)
                : new AssertionFailedError(
                        message,
                        joined(comparisons, Finding.Comparison::expected),
                        joined(comparisons, Finding.Comparison::actual));
    }

    private static String joined(List<Finding.Comparison> comparisons, Function<Finding.Comparison, String> side) {
        return comparisons.stream()
                .map(side)
                .filter(text -> !text.isEmpty())
                .map(text -> text + "\n")
                .collect(Collectors.joining());
    }
}
