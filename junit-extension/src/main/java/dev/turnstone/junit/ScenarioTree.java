package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.report.HistoryReport.Result;
import dev.turnstone.revision.RevisionId;
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
import java.util.Locale;
import java.util.Objects;
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
     * The checks of a usual scenario, below a container for each dialect. None where the user has named other scenarios.
     * Touches no database until a check runs.
     */
    Stream<DynamicNode> of(Scenario scenario) {
        return settings.runs(scenario, true) ? nodes(scenario) : Stream.empty();
    }

    /** The scenarios that the user has named and that no other method runs, a container for each. */
    Stream<DynamicNode> named() {
        Set<String> ofMethods = Stream.of(MigrationScenarios.class.getDeclaredMethods())
                .map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return Scenario.all().stream()
                .filter(scenario -> !ofMethods.contains(scenario.name()) && settings.runs(scenario, false))
                .map(scenario -> DynamicContainer.dynamicContainer(scenario.name(), nodes(scenario)));
    }

    private Stream<DynamicNode> nodes(Scenario scenario) {
        RunSelection selection = RunSelection.of(factory);
        Set<RevisionId> revisions = selection.revisions(settings);
        List<Dialect> dialects = settings.dialects().stream()
                .filter(selection::isSelected)
                .filter(dialect -> !DialectCondition.evaluate(dialect, factory).isDisabled())
                .toList();
        return dialects.stream().map(dialect -> {
            MadeDatabases made = new MadeDatabases(run.databases().keep());
            ScenarioRun checks = scenario.on(
                    new ScenarioContext(settings.tool(), dialect, run.databases(), settings.options(), made));
            AutoCloseable closing = () -> {
                checks.close();
                made.requireIsolation();
            };
            factory.getStore(MigrationTestExtension.NAMESPACE).put(checks, closing);
            return DynamicContainer.dynamicContainer(
                    dialect.title(),
                    place(dialect),
                    checks.checks().stream()
                            .filter(check -> revisions == null
                                    || (check.revision() != null && revisions.contains(check.revision())))
                            .map(check -> test(scenario, dialect, check, made)));
        });
    }

    /**
     * Keeps the container's name out of the names of its tests in Surefire's report, which collects those of all that
     * come from the same method.
     */
    private static URI place(Dialect dialect) {
        return URI.create("turnstone:" + dialect.name());
    }

    private DynamicTest test(Scenario scenario, Dialect dialect, Check check, MadeDatabases made) {
        return DynamicTest.dynamicTest(dialect.name() + " " + check.title(), method(), () -> {
            long begin = System.nanoTime();
            Outcome outcome;
            String server;
            try {
                outcome = check.run();
                server = run.databases().server(dialect);
            } catch (RuntimeException | Error e) {
                report(Result.couldNotRun(
                        scenario.name(), dialect.name(), dialect.title(), check.title(), since(begin)));
                throw e;
            }
            report(new Result(scenario.name(), dialect.name(), server, check.title(), outcome, since(begin)));
            conclude(scenario, check, dialect, outcome, made);
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

    private void conclude(Scenario scenario, Check check, Dialect dialect, Outcome outcome, MadeDatabases made) {
        PublishedFindings.publish(outcome, factory);
        List<Finding> errors = outcome.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            made.keep(settings.testClass().getSimpleName() + "." + scenario.name() + "[" + dialect.name() + " "
                    + check.title() + "]");
            throw failure(errors);
        }
        if (outcome.isSkipped()) {
            throw new TestAbortedException(
                    outcome.skipped().stream().map(Skipped::reason).collect(Collectors.joining("\n")));
        }
    }

    /** IDEs offer to compare what was expected with what was there. */
    private static AssertionFailedError failure(List<Finding> errors) {
        String message = errors.stream()
                .map(f -> f.findingClass().label() + "\n" + f.message() + "\n" + f.remedy())
                .collect(Collectors.joining("\n\n"));
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
