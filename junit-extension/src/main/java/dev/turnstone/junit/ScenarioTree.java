package dev.turnstone.junit;

import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.report.HistoryReport;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Makes a scenario a tree of tests; given to the methods of {@link MigrationScenarios}. */
public final class ScenarioTree {

    private final MigrationTool tool;
    private final List<Dialect> dialects;
    private final TestDatabases databases;
    private final ScenarioOptions options;
    private final HistoryReport report;
    private final Consumer<ScenarioRun> closing;
    private final Consumer<Map<String, String>> publishing;

    ScenarioTree(
            MigrationTool tool,
            List<Dialect> dialects,
            TestDatabases databases,
            ScenarioOptions options,
            HistoryReport report,
            Consumer<ScenarioRun> closing,
            Consumer<Map<String, String>> publishing) {
        this.tool = tool;
        this.dialects = List.copyOf(dialects);
        this.databases = databases;
        this.options = options;
        this.report = report;
        this.closing = closing;
        this.publishing = publishing;
    }

    /** The scenario's checks, below a container for each dialect. Touches no database until a check runs. */
    Stream<DynamicNode> of(Scenario scenario) {
        return dialects.stream().map(dialect -> {
            ScenarioRun run = scenario.on(new ScenarioContext(tool, dialect, databases, options));
            closing.accept(run);
            return DynamicContainer.dynamicContainer(
                    dialect.title(), run.checks().stream().map(check -> test(scenario, dialect, check)));
        });
    }

    private DynamicTest test(Scenario scenario, Dialect dialect, Check check) {
        return DynamicTest.dynamicTest(dialect.name() + " " + check.title(), () -> {
            long begin = System.nanoTime();
            Outcome outcome = check.run();
            report.add(new HistoryReport.Result(
                    scenario.name(),
                    dialect.name(),
                    databases.server(dialect),
                    check.title(),
                    outcome,
                    Duration.ofNanos(System.nanoTime() - begin)));
            conclude(outcome);
        });
    }

    private void conclude(Outcome outcome) {
        List<Finding> errors = outcome.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .toList();
        outcome.findings().stream()
                .filter(f -> f.severity() != Severity.ERROR)
                .forEach(f ->
                        publishing.accept(Map.of("turnstone." + f.findingClass().label(), f.toString())));
        if (!errors.isEmpty()) {
            throw new AssertionFailedError(errors.stream()
                    .map(f -> f.findingClass().label() + "\n" + f.message() + "\n" + f.remedy())
                    .collect(Collectors.joining("\n\n")));
        }
        if (outcome.isSkipped()) {
            throw new TestAbortedException(
                    outcome.skipped().stream().map(s -> s.reason()).collect(Collectors.joining("\n")));
        }
    }
}
