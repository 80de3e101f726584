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
 * The time that one command of a tool has. When it is over, what hangs is noted, and then cut: the statement is
 * cancelled, which SQLite knows as an interrupt, and a thread that is in no statement is interrupted.
 *
 * <p>Begins when it is made, for the thread that makes it; that thread closes it.
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

    /** After a statement is cancelled, a tool may look for the place by running it once more: that is cut as well. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** What a tool may still send to clean up after its time is over. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** How long the database may take to state who waits for whom. */
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
     * What hung when the time was over.
     *
     * @param statement what was running, or where the thread stood
     * @param waits what the database says about it, a line for each session
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
                // Code that goes from one short statement to the next is never caught in one.
                watch.refuse(
                        thread,
                        "The time of this command was over " + GRACE.toSeconds()
                                + " s ago. Turnstone sends nothing more for it.");
            }
        }
        Duration longEnough = time.compareTo(AGAIN) < 0 ? time : AGAIN;
        running.stream().filter(r -> r.longerThan(longEnough)).forEach(StatementWatch::cancel);
    }

    /** The answer can be behind the same lock, and this is the clock of all others. */
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

    /** What hung; null where all was done in time. */
    synchronized @Nullable Hanging hanging() {
        return hanging;
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.allow(thread);
        alarm.cancel(false);
        if (interrupted && Thread.interrupted()) {
            // It was meant for what the time is over for, and not for what comes next.
            interrupted = false;
        }
    }
}
