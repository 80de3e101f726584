package dev.turnstone.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cleans up if the process ends while test databases are open, for example by Ctrl-C or SIGTERM. A shutdown hook drops the
 * databases and then stops the embedded server. Thread-safe; takes no lock that another thread may hold for long.
 */
final class Interruption {

    /** The time limit for dropping, and again for stopping the embedded server. The next run removes the rest. */
    private static final Duration MOST_TO_DROP = Duration.ofSeconds(6);

    private static final Duration MOST_TO_STOP = Duration.ofSeconds(4);

    private static final Set<TestDatabases> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean HOOKED = new AtomicBoolean();
    private static volatile boolean underWay;

    private Interruption() {}

    /** Returns whether the process ends, so that nothing may be created any more. */
    static boolean isUnderWay() {
        return underWay;
    }

    /**
     * Registers databases that are dropped if the process ends before {@link #closed}.
     *
     * @throws InterruptedRunException when the process ends already
     */
    static void opened(TestDatabases databases) {
        prepare();
        OPEN.add(databases);
        if (underWay) {
            OPEN.remove(databases);
            throw new InterruptedRunException();
        }
    }

    /** Unregisters databases that their owner closes. */
    static void closed(TestDatabases databases) {
        OPEN.remove(databases);
    }

    /**
     * Registers the shutdown hook, once in each process.
     *
     * @throws InterruptedRunException when the process ends already
     */
    static void prepare() {
        if (HOOKED.compareAndSet(false, true)) {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(Interruption::run, "turnstone-interruption"));
            } catch (IllegalStateException e) {
                underWay = true;
            }
        }
        if (underWay) {
            throw new InterruptedRunException();
        }
    }

    @SuppressWarnings("SystemOut") // A shutdown hook may already have closed the logger.
    private static void run() {
        underWay = true;
        List<TestDatabases> open = List.copyOf(OPEN);
        int[] left = new int[open.size()];
        List<Thread> threads = new ArrayList<>();
        int there = 0;
        for (int i = 0; i < open.size(); i++) {
            int index = i;
            TestDatabases databases = open.get(i);
            int before = databases.countOpen();
            there += before;
            left[i] = before;
            threads.add(started(() -> left[index] = databases.closeInterrupted()));
        }
        // Threads that wait for a starting server would block the hook.
        threads.add(started(EmbeddedServer::abortStart));
        join(threads, MOST_TO_DROP);
        if (!open.isEmpty()) {
            int remaining = 0;
            for (int i = 0; i < left.length; i++) {
                remaining += left[i];
            }
            System.err.println(message(Math.max(there, remaining), remaining));
            System.err.flush();
        }
        join(List.of(started(EmbeddedServer::stop)), MOST_TO_STOP);
    }

    static String message(int there, int remaining) {
        String databases = there == 1 ? " test database" : " test databases";
        return remaining == 0
                ? "Interrupted: dropped " + there + databases + "."
                : "Interrupted: dropped " + (there - remaining) + " of " + there + databases
                        + "; the next run drops the others.";
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        // The process ends; the next run removes the rest.
                    }
                },
                "turnstone-interruption");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
