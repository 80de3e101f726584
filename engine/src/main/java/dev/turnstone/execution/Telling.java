package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Step;
import java.util.List;

/** Tells a listener of one step what it has not heard yet: a step may begin again, and is heard of once. */
final class Telling {

    private final StepListener listener;
    private final Step step;
    private boolean started;
    private int told;
    private int comingAgain;

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
