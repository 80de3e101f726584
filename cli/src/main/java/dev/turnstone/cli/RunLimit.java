package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The time limit of a whole run. Single statements have their own limit. This one also ends work that cannot be cancelled,
 * such as Java code of a revision that does not return.
 *
 * @param time the longest duration of the run
 */
record RunLimit(Duration time) {

    static final Duration USUAL = Duration.ofMinutes(60);

    /** The current check of the run, for the message. */
    static final class Progress {

        private volatile String now = "nothing yet";

        void at(String what) {
            now = what;
        }
    }

    /** Thrown when a run exceeds its time limit. */
    static final class RunTimeoutException extends TurnstoneException {

        private RunTimeoutException(Duration time, String doing, String frame) {
            super("The run was ended after " + time.toSeconds() + " s (--run-timeout), during " + doing + frame
                    + ".\nIts test databases are dropped, now or by the next run. Correct what does not return, or give the run"
                    + " more time.");
        }
    }

    private static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    /**
     * Runs work on a daemon thread.
     *
     * @param progress receives the current check from {@code work}
     * @throws RunTimeoutException when the limit is exceeded; {@code work} is interrupted, and may still be running
     */
    void run(Runnable work, Progress progress) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        Thread thread = new Thread(task, "turnstone-run");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            StackTraceElement[] stack = thread.getStackTrace();
            task.cancel(true);
            throw new RunTimeoutException(time, progress.now, stack.length == 0 ? "" : ", in " + place(stack[0]));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The run was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
