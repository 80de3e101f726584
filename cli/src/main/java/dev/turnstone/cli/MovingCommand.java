package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.util.List;
import java.util.Set;

/** A command that changes the version of the database. */
abstract class MovingCommand extends EngineCommand {

    final Migrator migrator() {
        return options.migrator(options.history(), options.json() ? StepListener.NONE : new StepLines(out()));
    }

    final void conclude(Migrator migrator, List<Step> steps) {
        Set<RevisionId> current = migrator.current();
        if (options.json()) {
            out().println(RevisionJson.steps(steps, current));
        } else if (steps.isEmpty()) {
            out().println("Nothing to do: the database is at " + RevisionText.listed(current, "base") + ".");
        }
    }
}
