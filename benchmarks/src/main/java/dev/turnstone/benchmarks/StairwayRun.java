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

/** The stairway as the scenario walks it, with the number of its looks at the schema. It is here to see the walk. */
public final class StairwayRun {

    private StairwayRun() {}

    /**
     * Takes each revision up, down and up with an exact comparison after each of the three.
     *
     * @return how often the schema was looked at
     * @throws IllegalStateException when there is a finding, or the scenario looked less than three times a revision
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
