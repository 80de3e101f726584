package dev.turnstone.scenario.concurrent;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.ToolSession;
import dev.turnstone.scenario.cursor.StatementWatch;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several starts of a tool on one database that begin at the same moment.
 *
 * <p>Closing cuts the starts that have not ended: their statements are cancelled, their threads are interrupted and
 * their processes are destroyed. Used by one thread.
 */
final class SimultaneousStarts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimultaneousStarts.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * The result of one start.
     *
     * @param ran the ids of the revisions that it ran, in order
     * @param failure the reason of its failure; null if it succeeded
     */
    record Start(List<RevisionId> ran, @Nullable String failure) {}

    private final ExecutorService threads;
    private final List<Future<Start>> starts = new ArrayList<>();
    private final List<OtherProcess> processes = new ArrayList<>();
    private final @Nullable StatementWatch watch;

    private SimultaneousStarts(int count, @Nullable StatementWatch watch) {
        this.watch = watch;
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "turnstone-start");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Creates starts in threads of this process, on observed connections. */
    static SimultaneousStarts ofThreads(int count, MigrationTool tool, TestDatabase database, StatementWatch watch) {
        SimultaneousStarts all = new SimultaneousStarts(count, watch);
        CyclicBarrier barrier = new CyclicBarrier(count);
        for (int i = 0; i < count; i++) {
            all.starts.add(all.threads.submit(() -> {
                try (ToolSession session = tool.on(database)) {
                    await(barrier);
                    return start(session);
                }
            }));
        }
        return all;
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("Another start did not come as far as its connection.", e);
        }
    }

    /** Upgrades to the heads; a failure becomes part of the result. */
    static Start start(ToolSession session) {
        try {
            session.upgrade("heads");
            return new Start(session.ran(), null);
        } catch (RuntimeException e) {
            return new Start(session.ran(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Creates starts in separate processes.
     *
     * @throws IllegalStateException if a process cannot be started
     */
    static SimultaneousStarts ofProcesses(int count, HistoryPlace place, TestDatabase database) {
        SimultaneousStarts all = new SimultaneousStarts(count, null);
        try {
            for (int i = 0; i < count; i++) {
                all.processes.add(
                        OtherProcess.begin(place, database.dataSource().unwrap(JdbcDataSource.class)));
            }
            for (OtherProcess process : all.processes) {
                process.awaitReady();
            }
            for (OtherProcess process : all.processes) {
                all.starts.add(all.threads.submit(process::upgrade));
            }
            return all;
        } catch (IOException | SQLException e) {
            all.close();
            throw new IllegalStateException("Another process could not be started.", e);
        }
    }

    int count() {
        return starts.size();
    }

    /**
     * Waits until all starts have ended or the timeout has passed.
     *
     * @param time the timeout for all starts together
     * @return the results of the starts that have ended
     */
    List<Start> await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Start> ended = new ArrayList<>();
        for (Future<Start> start : starts) {
            try {
                ended.add(start.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                LOG.debug("A start has not ended in time.");
            } catch (ExecutionException e) {
                ended.add(new Start(List.of(), String.valueOf(e.getCause())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ended;
            }
        }
        return ended;
    }

    @Override
    public void close() {
        processes.forEach(OtherProcess::close);
        threads.shutdownNow();
        if (watch != null) {
            watch.running().forEach(StatementWatch::cancel);
        }
        try {
            if (!threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A start goes on in the background although it was cut; its database is dropped.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
