package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The time limit of one command of a tool. When the time is over, records what is running and cancels it: a running
 * statement is cancelled (SQLite interrupts it), and a thread that runs no statement is interrupted.
 *
 * <p>The time starts when the instance is created. The thread that creates the instance runs the command and must close
 * the instance.
 */
final class Deadline implements AutoCloseable {

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "turnstone-time-out");
        thread.setDaemon(true);
        return thread;
    });

    private static final Executor ASKING = task -> {
        Thread thread = new Thread(task, "turnstone-waits");
        thread.setDaemon(true);
        thread.start();
    };

    /**
     * The longest interval between cancellations. After a statement is cancelled, a tool may run it again to locate the
     * error; that run is cancelled as well.
     */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** The time after the limit in which a tool may still send statements to clean up. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The timeout of the query that reads which sessions wait for which. */
    private static final Duration FOR_WAITS = Duration.ofSeconds(2);

    private final StatementWatch watch;
    private final TestDatabase database;
    private final Duration time;
    private final Thread thread = Thread.currentThread();
    private final long begun = System.nanoTime();
    private final ScheduledFuture<?> alarm;
    private @Nullable Hanging hanging;
    private boolean interrupted;
    private boolean closed;

    /**
     * What was running when the time was over.
     *
     * @param statement the SQL text that was running, or the thread's position in its code if no statement was running
     * @param waits what the database reports about its sessions, one line for each; may be empty
     */
    record Hanging(String statement, List<String> waits) {}

    Deadline(StatementWatch watch, TestDatabase database, Duration time) {
        this.watch = watch;
        this.database = database;
        this.time = time;
        long millis = Math.max(1, time.toMillis());
        alarm = CLOCK.scheduleWithFixedDelay(
                this::cut, millis, Math.min(millis, AGAIN.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void cut() {
        List<StatementWatch.Running> running = watch.running();
        synchronized (this) {
            if (closed) {
                return;
            }
            if (hanging == null) {
                hanging = new Hanging(
                        running.isEmpty() ? standing() : running.get(0).sql(), waits());
            }
            if (running.isEmpty()) {
                interrupted = true;
                thread.interrupt();
                watch.cancelLatest();
            }
            if (System.nanoTime() - begun > time.plus(GRACE).toNanos()) {
                // Code that runs many short statements may never be cancelled during one of them.
                watch.refuse(
                        thread,
                        "The time of this command was over " + GRACE.toSeconds()
                                + " s ago. Turnstone sends nothing more for it.");
            }
        }
        Duration longEnough = time.compareTo(AGAIN) < 0 ? time : AGAIN;
        running.stream().filter(r -> r.longerThan(longEnough)).forEach(StatementWatch::cancel);
    }

    /**
     * Returns the lock waits, or an empty list if they cannot be read in time. The query may itself wait for the lock,
     * and it must not block this thread, which serves all deadlines.
     */
    private List<String> waits() {
        try {
            return CompletableFuture.supplyAsync(() -> LockWaits.on(database), ASKING)
                    .get(FOR_WAITS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        }
    }

    private String standing() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "code of the revision" : "code of the revision, at " + stack[0];
    }

    /** Returns what was running when the time was over; null if the command ended in time. */
    synchronized @Nullable Hanging hanging() {
        return hanging;
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.allow(thread);
        alarm.cancel(false);
        if (interrupted && Thread.interrupted()) {
            // The interrupt was meant for the command that exceeded its time, not for the code that follows.
            interrupted = false;
        }
    }
}
