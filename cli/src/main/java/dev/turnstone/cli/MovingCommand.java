package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** A command that changes the version of the database. */
abstract class MovingCommand extends EngineCommand {

    final Migrator migrator(RunSettings run) {
        History history = options.history();
        history.scripts().notes().forEach(note -> err().println("note: " + note));
        return options.migrator(history, options.json() ? StepListener.NONE : new StepLines(out(), bar()), run);
    }

    /**
     * Checks that a target is no range, which only a script can be for: the database itself tells where it is.
     *
     * @throws BadOptionException when it is one
     */
    static String requireNoRange(String target, Migrator migrator) {
        if (target.contains(":") && !migrator.graph().contains(RevisionId.spelled(target))) {
            throw new BadOptionException(
                    "'" + target + "' is a range FROM:TO, which is for --sql only. Name where to go"
                            + " alone; the database tells where it is.");
        }
        return target;
    }

    /** A bar where someone looks at it: standard output and standard error are the same terminal. */
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
