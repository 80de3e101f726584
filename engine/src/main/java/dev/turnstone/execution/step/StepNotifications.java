package dev.turnstone.execution.step;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.StepListener;
import dev.turnstone.revision.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notifies a listener of the events of one step. A step may start again; each event is then reported only once. */
final class StepNotifications {

    private final StepListener listener;
    private final Step step;
    private boolean started;
    private int reported;
    private int repeated;
    private @Nullable String lastPreconditionFailure;

    StepNotifications(StepListener listener, Step step) {
        this.listener = listener;
        this.step = step;
    }

    void started() {
        if (!started) {
            started = true;
            listener.started(step);
        }
    }

    void preconditionFailed(String message, boolean skipped) {
        if (!message.equals(lastPreconditionFailure)) {
            lastPreconditionFailure = message;
            listener.preconditionFailed(step, message, skipped);
        }
    }

    /** Reports that the step starts again with the same statements. */
    void again() {
        repeated = reported;
    }

    void ran(List<SqlStatement> statements) {
        int known = Math.min(repeated, statements.size());
        repeated -= known;
        List<SqlStatement> unreported = statements.subList(known, statements.size());
        if (!unreported.isEmpty()) {
            reported += unreported.size();
            listener.ran(step, unreported);
        }
    }
}
