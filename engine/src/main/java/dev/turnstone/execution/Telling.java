package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a listener of one step what it has not heard yet: a step may begin again, and is heard of once. */
final class Telling {

    private final StepListener listener;
    private final Step step;
    private boolean started;
    private int told;
    private int comingAgain;
    private @Nullable String lastRemark;

    Telling(StepListener listener, Step step) {
        this.listener = listener;
        this.step = step;
    }

    void started() {
        if (!started) {
            started = true;
            listener.started(step);
        }
    }

    void preconditionFailed(String said, boolean passedOver) {
        if (!said.equals(lastRemark)) {
            lastRemark = said;
            listener.preconditionFailed(step, said, passedOver);
        }
    }

    /** Says that the step begins again, with the same statements. */
    void again() {
        comingAgain = told;
    }

    void ran(List<SqlStatement> statements) {
        int known = Math.min(comingAgain, statements.size());
        comingAgain -= known;
        List<SqlStatement> news = statements.subList(known, statements.size());
        if (!news.isEmpty()) {
            told += news.size();
            listener.ran(step, news);
        }
    }
}
