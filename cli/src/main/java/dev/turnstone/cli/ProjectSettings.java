package dev.turnstone.cli;

import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;

/**
 * What a project has decided about how its history is verified.
 *
 * @param policies which policies hold
 * @param run how its revisions are run where they are used
 * @param selection which revisions are skipped, and how far back downgrades are tried
 */
record ProjectSettings(PolicySettings policies, RunSettings run, Selection selection) {

    /** Nothing was decided. */
    static final ProjectSettings NONE = new ProjectSettings(PolicySettings.USUAL, RunSettings.NONE, Selection.ALL);
}
