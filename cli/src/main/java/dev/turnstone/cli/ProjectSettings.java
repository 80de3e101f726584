package dev.turnstone.cli;

import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;
import dev.turnstone.snapshot.LogicalRules;

/**
 * What a project has decided about how its history is verified.
 *
 * @param policies which policies hold
 * @param selection which revisions are skipped, and how far back downgrades are tried
 * @param rules how dialects are compared, and where they are meant to differ
 */
record ProjectSettings(PolicySettings policies, Selection selection, LogicalRules rules) {

    /** Nothing was decided. */
    static final ProjectSettings NONE =
            new ProjectSettings(PolicySettings.USUAL, Selection.ALL, LogicalRules.standard());
}
