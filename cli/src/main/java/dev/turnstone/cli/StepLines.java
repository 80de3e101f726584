package dev.turnstone.cli;

import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import java.io.PrintWriter;

/** Says each step as it is committed. */
final class StepLines implements StepListener {

    private final PrintWriter out;

    StepLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void finished(Step step) {
        String before = RevisionText.listed(step.before(), RevisionText.BASE);
        String after = RevisionText.listed(step.after(), RevisionText.BASE);
        out.println((step.direction() == Direction.UPGRADE ? "upgrade " : "downgrade ") + before + " -> " + after
                + RevisionText.message(step.revision()));
        out.flush();
    }
}
