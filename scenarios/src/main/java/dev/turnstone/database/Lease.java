package dev.turnstone.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof, for processes on other hosts, that a run is alive: a session on the server that holds a shared advisory
 * lock, whose key derives from the run id of the {@link Owner}. The server frees the lock when the process ends.
 *
 * <p>A thread of its own checks once a second that the session still holds the lock, and connects again if not. See
 * {@code docs/decisions/0016-how-a-run-proves-that-it-is-alive.md}. Thread-safe.
 */
final class Lease implements AutoCloseable {

    /** The lease is not used to decide about a marker that is younger than this. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** Longer than an owner needs to reconnect after its session was ended. */
    private static final Duration SECOND_READ_AFTER = Duration.ofSeconds(3);

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final int VALIDATION_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final PostgresServer server;
    private final long key;
    private final Thread heart;
    private @Nullable Connection session;
    private volatile boolean closed;

    private Lease(PostgresServer server, long key) {
        this.server = server;
        this.key = key;
        this.heart = new Thread(this::beat, "turnstone-lease");
        heart.setDaemon(true);
    }

    /**
     * Takes the lease of this process. It is held until {@link #close()}; several leases of one process may be held on a
     * server.
     *
     * @throws SQLException when no session can be opened
     */
    static Lease take(PostgresServer server) throws SQLException {
        return take(server, Owner.RUN);
    }

    /** Takes the lease of a run. */
    static Lease take(PostgresServer server, String run) throws SQLException {
        Lease lease = new Lease(server, key(run));
        lease.hold();
        lease.heart.start();
        return lease;
    }

    /**
     * Returns the marked objects of a server whose owner is gone. An owner on this host is gone when its process
     * is. An owner on another host is gone when its lease is free and the marker is older than {@link #GRACE}. A lease
     * that is held proves that its owner is alive, on every host. A marker without a run id is checked with
     * {@link Owner#isGone()} alone.
     *
     * <p>If owners on other hosts may be gone, the locks are read a second time after some seconds: an owner whose
     * session was ended reconnects in that time.
     */
    static List<MarkedObject> ofGoneOwners(List<MarkedObject> all, Connection connection) throws SQLException {
        List<MarkedObject> gone =
                all.stream().filter(marked -> mayBeGone(marked.owner())).toList();
        if (gone.isEmpty()) {
            return gone;
        }
        gone = gone.stream().filter(isFree(connection)).toList();
        if (gone.stream().map(MarkedObject::owner).anyMatch(owner -> owner.run() != null && !owner.isOnThisHost())) {
            try {
                TimeUnit.MILLISECONDS.sleep(SECOND_READ_AFTER.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
            gone = gone.stream().filter(isFree(connection)).toList();
        }
        return gone;
    }

    private static boolean mayBeGone(Owner owner) {
        if (owner.run() == null || owner.isOnThisHost()) {
            return owner.isGone();
        }
        return owner.created().plus(GRACE).isBefore(Instant.now());
    }

    /** The advisory locks of all databases of the server are visible to every role. */
    private static Predicate<MarkedObject> isFree(Connection connection) throws SQLException {
        Set<Long> held = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT classid::bigint << 32 | objid::bigint FROM pg_catalog.pg_locks
                         WHERE locktype = 'advisory' AND granted AND objsubid = 1""")) {
            while (rows.next()) {
                held.add(rows.getLong(1));
            }
        }
        return marked -> {
            String run = marked.owner().run();
            return run == null || !held.contains(key(run));
        };
    }

    private static long key(String run) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("turnstone lease " + run).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private synchronized void hold() throws SQLException {
        if (closed) {
            return;
        }
        Connection current = session;
        if (current != null && holds(current)) {
            return;
        }
        end();
        Connection opened = server.connect();
        session = opened;
        // The server notices within a minute that the machine of this session is unreachable; a local socket has no
        // such settings, and ignores them.
        try (Statement statement = opened.createStatement()) {
            statement.execute("SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
                    + " SET tcp_keepalives_count = 3");
        }
        try (PreparedStatement lock = opened.prepareStatement("SELECT pg_advisory_lock_shared(?)")) {
            lock.setLong(1, key);
            lock.execute();
        }
    }

    private boolean holds(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM pg_catalog.pg_locks
                 WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid = pg_backend_pid()
                   AND (classid::bigint << 32 | objid::bigint) = ?)""")) {
            statement.setQueryTimeout(VALIDATION_SECONDS);
            statement.setLong(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            return false;
        }
    }

    private void beat() {
        boolean lost = false;
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(HEARTBEAT.toMillis());
                hold();
                lost = false;
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                if (!lost && !closed) {
                    LOG.warn(
                            "The session on {} that proves that this run is alive was lost, and no other can be opened: {}"
                                    + " Turnstone tries again each second.",
                            server.title(),
                            e.getMessage());
                }
                lost = true;
            }
        }
    }

    private void end() {
        Connection ended = session;
        session = null;
        if (ended != null) {
            try {
                ended.close();
            } catch (SQLException e) {
                LOG.debug("The session of the lease had ended already: {}", e.getMessage());
            }
        }
    }

    /** Releases the lease. */
    @Override
    public void close() {
        closed = true;
        heart.interrupt();
        synchronized (this) {
            end();
        }
    }
}
