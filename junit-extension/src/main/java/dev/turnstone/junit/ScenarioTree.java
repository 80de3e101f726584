package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.report.HistoryReport.Result;
import dev.turnstone.scenario.BundledEngine;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Makes a scenario a tree of tests; given to the methods of {@link MigrationScenarios}. */
public final class ScenarioTree {

    private final MigrationTestSettings settings;
    private final TestRun run;
    private final ExtensionContext factory;

    /**
     * A tree for one factory method.
     *
     * @param factory the context of that method: databases are dropped when it ends
     */
    ScenarioTree(MigrationTestSettings settings, TestRun run, ExtensionContext factory) {
        this.settings = settings;
        this.run = run;
        this.factory = factory;
    }

    /**
     * The scenario's checks, below a container for each dialect; nothing where the class does not ask for the scenario.
     * Touches no database until a check runs.
     */
    Stream<DynamicNode> of(Scenario scenario) {
        if (!settings.runs(scenario)) {
            return Stream.empty();
        }
        List<ScenarioContext> contexts =
                settings.dialects().stream().map(this::context).toList();
        if (!scenario.spansDialects()) {
            return contexts.stream()
                    .map(context ->
                            container(scenario, context, context.dialect().name()));
        }
        return Stream.of(container(
                scenario,
                contexts.size() == 1 ? contexts.get(0) : contexts.get(0).beside(contexts.get(1)),
                Scenario.BOTH));
    }

    private ScenarioContext context(Dialect dialect) {
        return new ScenarioContext(new BundledEngine(settings.scripts()), dialect, run.databases(), settings.options());
    }

    private DynamicContainer container(Scenario scenario, ScenarioContext context, String dialect) {
        ScenarioRun checks = scenario.on(context);
        AutoCloseable closing = checks;
        factory.getStore(MigrationTestExtension.NAMESPACE).put(checks, closing);
        List<Dialect> on = Stream.of(context.dialect())
                .flatMap(first -> context.counterpart() == null
                        ? Stream.of(first)
                        : Stream.of(first, context.counterpart().dialect()))
                .toList();
        return DynamicContainer.dynamicContainer(
                titles(on, " and "),
                place(dialect),
                checks.checks().stream().map(check -> test(scenario, dialect, on, check)));
    }

    private static String titles(List<Dialect> dialects, String between) {
        return dialects.stream().map(Dialect::title).collect(Collectors.joining(between));
    }

    /**
     * Keeps the container's name out of the names of its tests in Surefire's report, which collects those of all that
     * come from the same method.
     */
    private static URI place(String dialect) {
        return URI.create("turnstone:" + dialect);
    }

    private DynamicTest test(Scenario scenario, String dialect, List<Dialect> on, Check check) {
        return DynamicTest.dynamicTest(dialect + " " + check.title(), method(), () -> {
            long begin = System.nanoTime();
            Outcome outcome;
            String server;
            try {
                outcome = check.run();
                server = on.stream().map(run.databases()::server).collect(Collectors.joining("; "));
            } catch (RuntimeException | Error e) {
                report(Result.couldNotRun(scenario.name(), dialect, titles(on, "; "), check.title(), since(begin)));
                throw e;
            }
            report(new Result(scenario.name(), dialect, server, check.title(), outcome, since(begin)));
            conclude(outcome);
        });
    }

    /** The method that a test comes from, which it would not inherit from a container with a place of its own. */
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

    private void conclude(Outcome outcome) {
        List<Finding> errors = outcome.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        outcome.findings().stream()
                .filter(finding -> finding.severity() != Severity.ERROR)
                .forEach(finding -> factory.publishReportEntry(
                        Map.of("turnstone." + finding.findingClass().label(), finding.toString())));
        if (!errors.isEmpty()) {
            throw new AssertionFailedError(errors.stream()
                    .map(f -> f.findingClass().label() + "\n" + f.message() + "\n" + f.remedy())
                    .collect(Collectors.joining("\n\n")));
        }
        if (outcome.isSkipped()) {
            throw new TestAbortedException(
                    outcome.skipped().stream().map(Skipped::reason).collect(Collectors.joining("\n")));
        }
    }
}
