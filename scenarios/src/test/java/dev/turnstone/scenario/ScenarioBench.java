package dev.turnstone.scenario;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs scenarios on histories, on the embedded server of this JVM and on SQLite. */
public final class ScenarioBench implements AutoCloseable {

    private final TestDatabases databases;

    public ScenarioBench() {
        this(Map.of("turnstone.postgres.source", "embedded"));
    }

    public ScenarioBench(Map<String, String> settings) {
        databases = TestDatabases.with(DatabaseSettings.of(
                name -> name.equals("turnstone.directory")
                        ? Path.of("target", "turnstone").toAbsolutePath().toString()
                        : settings.get(name),
                Map.of()));
    }

    TestDatabases databases() {
        return databases;
    }

    public ScenarioContext context(Scripts scripts, String dialect, ScenarioOptions options) {
        return new ScenarioContext(new BundledEngine(scripts), Dialects.named(dialect), databases, options);
    }

    public List<Outcome> outcomes(String scenario, ScenarioContext context) {
        List<Outcome> outcomes = new ArrayList<>();
        try (ScenarioRun run = Scenario.named(scenario).orElseThrow().on(context)) {
            run.checks().forEach(check -> outcomes.add(check.run()));
        }
        return outcomes;
    }

    /** Runs each check in a run of its own, as one does who selects a single node. */
    List<Outcome> outcomesAlone(String scenario, ScenarioContext context) {
        List<Outcome> outcomes = new ArrayList<>();
        int count;
        try (ScenarioRun run = Scenario.named(scenario).orElseThrow().on(context)) {
            count = run.checks().size();
        }
        for (int i = 0; i < count; i++) {
            try (ScenarioRun run = Scenario.named(scenario).orElseThrow().on(context)) {
                outcomes.add(run.checks().get(i).run());
            }
        }
        return outcomes;
    }

    public List<String> findings(String scenario, ScenarioContext context) {
        return inShort(outcomes(scenario, context));
    }

    /** Revision, class, object and severity of each finding. */
    public static List<String> inShort(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.findings().stream())
                .map(f -> (f.revision() == null ? "-" : f.revision().value()) + " "
                        + f.findingClass().label() + " " + f.object().kind().label() + " "
                        + f.object().name() + " " + f.severity().label())
                .toList();
    }

    public static List<String> skipped(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.skipped().stream())
                .map(s -> (s.revision() == null ? "-" : s.revision().value()) + " " + s.reason())
                .toList();
    }

    @Override
    public void close() {
        databases.close();
    }
}
