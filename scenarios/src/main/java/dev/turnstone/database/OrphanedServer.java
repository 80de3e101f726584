package dev.turnstone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded server whose JVM was killed. It keeps running until it is stopped.
 *
 * @param dataDirectory its data directory, which identifies it
 */
record OrphanedServer(Path dataDirectory) {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    /**
     * Stops every process that serves or initializes the data directory, and waits until it has ended.
     *
     * @throws IOException when a process does not stop; the directory must not be deleted then
     */
    void stop() throws IOException {
        Set<ProcessHandle> processes = new LinkedHashSet<>();
        try {
            processOfPidFile(processes);
            ProcessHandle.allProcesses().filter(this::namesDataDirectory).forEach(processes::add);
        } catch (RuntimeException e) {
            throw new IOException("The processes of this machine cannot be listed.", e);
        }
        for (ProcessHandle process : List.copyOf(processes)) {
            // The arguments of workers contain no data directory. They end after the postmaster, and before the files
            // may be deleted.
            process.descendants().forEach(processes::add);
        }
        for (ProcessHandle process : processes) {
            if (process.parent().filter(processes::contains).isEmpty()) {
                LOG.info(
                        "Stopping process {}, a PostgreSQL server of a killed run in {}.",
                        process.pid(),
                        dataDirectory);
                process.destroy();
            }
        }
        Instant end = Instant.now().plus(TIMEOUT);
        for (ProcessHandle process : processes) {
            if (!endsBefore(process, end)) {
                process.destroyForcibly();
            }
        }
        for (ProcessHandle process : processes) {
            if (!endsBefore(process, Instant.now().plus(TIMEOUT))) {
                throw new IOException("Process " + process.pid() + " does not stop; it uses " + dataDirectory + ".");
            }
        }
    }

    /** Reads the first three lines of the server's PID file: its process id, its data directory and its start. */
    private void processOfPidFile(Set<ProcessHandle> processes) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.isRegularFile(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            if (Path.of(lines.get(1).strip()).equals(dataDirectory)) {
                Instant started =
                        Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
                ProcessHandle.of(pid)
                        .filter(process -> isServer(process, started))
                        .ifPresent(processes::add);
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            LOG.debug("{} is not complete.", pidFile);
        }
    }

    /** Checks the arguments of the process, or its program and start if the arguments are not readable, because process ids are reused. */
    private boolean isServer(ProcessHandle process, Instant started) {
        ProcessHandle.Info info = process.info();
        if (info.arguments().isPresent()) {
            return namesDataDirectory(process);
        }
        boolean runsPostgres =
                info.command().filter(command -> command.contains("postgres")).isPresent();
        boolean sameStart = info.startInstant()
                .filter(start -> Duration.between(start, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .isPresent();
        return runsPostgres && sameStart;
    }

    private boolean namesDataDirectory(ProcessHandle process) {
        String path = dataDirectory.toString();
        return process.pid() != ProcessHandle.current().pid()
                && process.info()
                        .arguments()
                        .map(List::of)
                        .filter(arguments -> {
                            int option = arguments.indexOf("-D");
                            return option >= 0
                                    && option + 1 < arguments.size()
                                    && arguments.get(option + 1).equals(path);
                        })
                        .isPresent();
    }

    private static boolean endsBefore(ProcessHandle process, Instant end) throws IOException {
        if (Owner.hasEnded(process)) {
            return true;
        }
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            while (!Owner.hasEnded(process)) {
                if (Instant.now().isAfter(end)) {
                    return false;
                }
                try {
                    exit.get(50, TimeUnit.MILLISECONDS);
                    return true;
                } catch (TimeoutException e) {
                    // Polled, because onExit() counts a zombie as running.
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while process " + process.pid() + " was stopping.", e);
        } catch (ExecutionException e) {
            throw new IOException("The end of process " + process.pid() + " cannot be observed.", e);
        }
    }
}
