package dev.turnstone.benchmarks;

import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.roundtrip.UpDownUp;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.util.List;

/** Runs the scenario up-down-up, and counts its reads of the schema. */
public final class StairwayRun {

    private StairwayRun() {}

    /**
     * Applies, reverts and applies each revision, with an exact comparison after each step.
     *
     * @return the number of schema reads
     * @throws IllegalStateException when there is a finding, or the scenario read the schema less than three times for a revision
     */
    public static int walk(Scripts scripts, Dialect dialect, TestDatabases databases) {
        ScenarioContext context =
                new ScenarioContext(new BundledEngine(scripts), dialect, databases, ScenarioOptions.DEFAULT);
        try (ScenarioRun run = new UpDownUp().on(context)) {
            List<Check> checks = run.checks();
            for (Check check : checks.subList(0, checks.size() - 1)) {
                Outcome outcome = check.run();
                if (!outcome.findings().isEmpty() || !outcome.skipped().isEmpty()) {
                    throw new IllegalStateException("The benchmark's history is not clean: " + outcome);
                }
            }
            int looks = ((CursorRun) run).walk().readCount();
            if (looks < 3 * (checks.size() - 1)) {
                throw new IllegalStateException("Only " + looks + " looks for " + (checks.size() - 1) + " revisions");
            }
            return looks;
        }
    }
}
