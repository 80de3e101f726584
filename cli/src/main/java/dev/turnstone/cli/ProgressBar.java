package dev.turnstone.cli;

import dev.turnstone.execution.StepListener;
import dev.turnstone.report.VisibleText;
import dev.turnstone.revision.Step;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/** A progress bar in one line of a terminal. It appears after one second and is erased at the end of the run. */
final class ProgressBar implements StepListener {

    private static final int WIDTH = 30;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final String WIPE = "\r\u001b[K";

    private final PrintStream terminal;
    private final LongSupplier clockMillis;
    private long begin;
    private int planned;
    private int done;
    private boolean shown;

    /**
     * @param terminal the terminal on which the bar is drawn
     * @param clockMillis a monotonic clock, in milliseconds
     */
    ProgressBar(PrintStream terminal, LongSupplier clockMillis) {
        this.terminal = terminal;
        this.clockMillis = clockMillis;
    }

    @Override
    public void planned(List<Step> steps) {
        planned = steps.size();
        done = 0;
        begin = clockMillis.getAsLong();
    }

    @Override
    public void started(Step step) {
        if (planned > 1 && clockMillis.getAsLong() - begin >= PATIENCE_MILLIS) {
            int filled = WIDTH * done / planned;
            terminal.print(WIPE + "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + planned
                    + " " + VisibleText.of(step.revision().id().value()));
            terminal.flush();
            shown = true;
        }
    }

    @Override
    public void finished(Step step) {
        done++;
        wipe();
    }

    /** Erases the bar, so that a message can be printed on its line. */
    void wipe() {
        if (shown) {
            terminal.print(WIPE);
            terminal.flush();
            shown = false;
        }
    }
}
