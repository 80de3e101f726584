package dev.turnstone.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process that created an object, as its marker names it: the comment on a schema or database, or the file
 * beside a directory.
 *
 * @param host the machine's name, with the process id namespace
 * @param pid the process id
 * @param started when the process started; distinguishes it from a later process with the same id
 * @param created when the object was created
 * @param run the id of the process's run, 16 hexadecimal digits, from which the key of its {@link Lease} derives; null
 *     in markers of versions that had no leases
 */
record Owner(
        String host,
        long pid,
        Instant started,
        Instant created,
        @Nullable String run) {

    /** The kinds of objects, as markers name them. */
    enum Kind {
        SCHEMA,
        DATABASE,
        ROLE,
        FILES,
        SERVER;

        /** Returns the kind as messages and markers contain it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String prefix() {
            return "turnstone test " + word() + "; ";
        }
    }

    /** After this time, an object of another host counts as abandoned, because its process cannot be checked. */
    static final Duration ABANDONED_AFTER = Duration.ofHours(24);

    /** Tolerance for start times: Linux derives them from the boot time, which changes when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    private static final Pattern FACTS =
            Pattern.compile("host=([^;]*+); pid=([0-9]{1,18}); started=([^;]*+); created=([^;]*+)"
                    + "(?:; run=([0-9a-f]{16}))?(?:; roles=[^;]*+)?");

    /** Identifies the run of this process. */
    static final String RUN = String.format("%016x", new SecureRandom().nextLong());

    private static final String HOST = thisHost();
    private static final long PID = ProcessHandle.current().pid();
    private static final Instant STARTED =
            ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);

    /** Creates an owner without a run id, as in markers of versions without leases. */
    Owner(String host, long pid, Instant started, Instant created) {
        this(host, pid, started, created, null);
    }

    /** Returns this process as owner of an object that is created now. */
    static Owner current() {
        return new Owner(HOST, PID, STARTED, Instant.now().truncatedTo(ChronoUnit.MILLIS), RUN);
    }

    /** Parses a marker; returns empty for any text that is not exactly a marker of that kind. */
    static Optional<Owner> read(Kind kind, String marker) {
        if (!marker.startsWith(kind.prefix())) {
            return Optional.empty();
        }
        Matcher facts = FACTS.matcher(marker.substring(kind.prefix().length()));
        if (!facts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Owner(
                    facts.group(1),
                    Long.parseLong(facts.group(2)),
                    Instant.parse(facts.group(3)),
                    Instant.parse(facts.group(4)),
                    facts.group(5)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    String marker(Kind kind) {
        return kind.prefix() + "host=" + host + "; pid=" + pid + "; started=" + started + "; created=" + created
                + (run == null ? "" : "; run=" + run);
    }

    /** Returns whether this owner is gone, so that its objects may be removed; false if that is not certain. */
    boolean isGone() {
        if (!isOnThisHost()) {
            return created.plus(ABANDONED_AFTER).isBefore(Instant.now());
        }
        return ProcessHandle.of(pid).filter(this::isSameProcess).isEmpty();
    }

    /** Returns whether its process would be visible here if it ran. */
    boolean isOnThisHost() {
        return host.equals(HOST);
    }

    private boolean isSameProcess(ProcessHandle process) {
        if (hasEnded(process)) {
            return false;
        }
        if (started.equals(Instant.EPOCH)) {
            return true;
        }
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(true);
    }

    /** Returns whether a process has ended. */
    static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    /** Returns whether a process is a zombie. In a container whose first process does not reap, killed processes stay zombies. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the process id namespace. Containers can share a host name and still have separate process ids. */
    private static String thisHost() {
        String name;
        try {
            name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            name = networkName();
        }
        try {
            name += "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux: each host has one process table.
        }
        return name.replaceAll("[^A-Za-z0-9._/:\\[\\]-]", "_");
    }

    private static String networkName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
