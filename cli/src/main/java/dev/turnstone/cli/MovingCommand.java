package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** A command that applies or reverts revisions, or stamps. */
abstract class MovingCommand extends EngineCommand {

    final Migrator migrator(RunSettings run) {
        History history = options.history();
        history.scripts().notes().forEach(note -> err().println("note: " + note));
        return options.migrator(history, options.json() ? StepListener.NONE : new StepLines(out(), bar()), run);
    }

    /**
     * Checks that a target is not a range. Only an offline script takes a range, because it cannot read the version table.
     *
     * @throws BadOptionException when it is a range
     */
    static String requireNoRange(String target, Migrator migrator) {
        if (target.contains(":") && !migrator.graph().contains(RevisionId.spelled(target))) {
            throw new BadOptionException("'" + target + "' is a range FROM:TO, which is for --sql only. Name the target"
                    + " alone; the current version is read from the database.");
        }
        return target;
    }

    /** Returns a progress bar if standard output and standard error are the same terminal, else null. */
    @SuppressWarnings("SystemOut") // A bar is drawn on the terminal itself.
    private static @Nullable ProgressBar bar() {
        return Ansi.AUTO.enabled() ? new ProgressBar(System.err, () -> System.nanoTime() / 1_000_000) : null;
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
