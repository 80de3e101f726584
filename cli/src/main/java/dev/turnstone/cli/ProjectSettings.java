package dev.turnstone.cli;

import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;
import dev.turnstone.snapshot.LogicalRules;
import java.util.List;

/**
 * The settings of the project for {@code verify}.
 *
 * @param policies the policies that are checked
 * @param run how its revisions are run in production
 * @param selection the skipped revisions, and the minimum downgrade revision
 * @param rules how dialects are compared, and their intentional differences
 * @param seeds the seed rows, in the order in which they are inserted
 */
record ProjectSettings(
        PolicySettings policies, RunSettings run, Selection selection, LogicalRules rules, List<OwnRows> seeds) {

    ProjectSettings {
        seeds = List.copyOf(seeds);
    }

    /** The defaults. */
    static final ProjectSettings NONE = new ProjectSettings(
            PolicySettings.USUAL, RunSettings.NONE, Selection.ALL, LogicalRules.standard(), List.of());
}
