package dev.turnstone.cli;

import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints each step when it is committed. */
final class StepLines implements StepListener {

    private final PrintWriter out;
    private final StepListener bar;

    /**
     * @param bar the progress bar, which is shown while a step runs; null for none
     */
    StepLines(PrintWriter out, @Nullable ProgressBar bar) {
        this.out = out;
        this.bar = bar == null ? StepListener.NONE : bar;
    }

    @Override
    public void planned(List<Step> steps) {
        bar.planned(steps);
    }

    @Override
    public void started(Step step) {
        bar.started(step);
    }

    @Override
    public void preconditionFailed(Step step, String said, boolean passedOver) {
        bar.preconditionFailed(step, said, passedOver);
        said.lines().forEach(line -> out.println("  " + line));
        out.flush();
    }

    @Override
    public void finished(Step step) {
        bar.finished(step);
        String before = RevisionText.listed(step.before(), RevisionText.BASE);
        String after = RevisionText.listed(step.after(), RevisionText.BASE);
        out.println((step.direction() == Direction.UPGRADE ? "upgrade " : "downgrade ") + before + " -> " + after
                + RevisionText.message(step.revision()));
        out.flush();
    }
}
