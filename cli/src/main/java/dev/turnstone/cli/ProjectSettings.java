package dev.turnstone.cli;

import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;
import java.util.List;

/**
 * What a project has decided about how its history is verified.
 *
 * @param policies which policies hold
 * @param selection which revisions are skipped, and how far back downgrades are tried
 * @param seeds rows of the project's own, in the order in which they are put in
 */
record ProjectSettings(PolicySettings policies, Selection selection, List<OwnRows> seeds) {

    ProjectSettings {
        seeds = List.copyOf(seeds);
    }

    /** Nothing was decided. */
    static final ProjectSettings NONE = new ProjectSettings(PolicySettings.USUAL, Selection.ALL, List.of());
}
