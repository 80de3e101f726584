package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import java.util.List;
import java.util.Set;

/**
 * What holds for a test class, with the history that it names, loaded once. Immutable.
 *
 * @param testClass the class
 * @param said how the user has said it
 * @param tool migrates, and has the history
 * @param dialects the dialects to run on; not empty
 * @param scenarios the names of the scenarios to run
 * @param revisions the revisions to look at; empty for all
 * @param options what the user decided about the scenarios
 */
record MigrationTestSettings(
        Class<?> testClass,
        Declaration said,
        MigrationTool tool,
        List<Dialect> dialects,
        Set<String> scenarios,
        Set<RevisionId> revisions,
        ScenarioOptions options) {

    /** Whether the class asks for a scenario. */
    boolean runs(Scenario scenario) {
        return scenarios.contains(scenario.name());
    }
}
