package dev.turnstone.cli;

import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;
import dev.turnstone.snapshot.LogicalRules;
import java.util.List;

/**
 * What a project has decided about how its history is verified.
 *
 * @param policies which policies hold
 * @param run how its revisions are run where they are used
 * @param selection which revisions are skipped, and how far back downgrades are tried
 * @param rules how dialects are compared, and where they are meant to differ
 * @param seeds rows of the project's own, in the order in which they are put in
 */
record ProjectSettings(
        PolicySettings policies, RunSettings run, Selection selection, LogicalRules rules, List<OwnRows> seeds) {

    ProjectSettings {
        seeds = List.copyOf(seeds);
    }

    /** Nothing was decided. */
    static final ProjectSettings NONE = new ProjectSettings(
            PolicySettings.USUAL, RunSettings.NONE, Selection.ALL, LogicalRules.standard(), List.of());
}
