package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import java.util.List;
import java.util.Set;

/**
 * The validated settings of a test class, with its loaded history. Immutable.
 *
 * @param testClass the class
 * @param said the declaration of the settings
 * @param tool the migration tool, which has the history
 * @param dialects the dialects to run on; not empty
 * @param scenarios the names of the scenarios to run
 * @param revisions the revisions to check; empty for all
 * @param options the options of the scenarios
 */
record MigrationTestSettings(
        Class<?> testClass,
        Declaration said,
        MigrationTool tool,
        List<Dialect> dialects,
        Set<String> scenarios,
        Set<RevisionId> revisions,
        ScenarioOptions options) {

    /** Returns whether the class runs a scenario. */
    boolean runs(Scenario scenario) {
        return scenarios.contains(scenario.name());
    }
}
