package dev.turnstone.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock between processes for changes of objects that all databases of a server share, such as roles. All holders in one
 * process share it. It is an advisory lock of a session, so that the server releases it when the process is killed.
 *
 * <p>Advisory locks belong to a database: the lock is taken in {@code postgres}, or in the
 * database of the URL if the role may not connect to {@code postgres}.
 */
final class ClusterLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLock.class);
    static final long KEY = 0x7475726e_726f6c65L; // "turnrole"
    private static final Duration SAID_AFTER = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 200;
    private static final Map<String, ClusterLock> HELD = new HashMap<>();

    private final String server;
    private final Connection connection;
    private int holders;

    private ClusterLock(String server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /**
     * Takes the lock, and waits for other processes that hold it.
     *
     * @throws TestDatabaseException when it is not acquired within ten minutes, or the server refuses it
     */
    static ClusterLock of(PostgresServer server) {
        synchronized (HELD) {
            ClusterLock held = HELD.get(server.identity());
            if (held == null) {
                held = taken(server);
                HELD.put(server.identity(), held);
            }
            held.holders++;
            return held;
        }
    }

    private static ClusterLock taken(PostgresServer server) {
        try {
            Connection connection = connect(server);
            try {
                await(server, connection);
                return new ClusterLock(server.identity(), connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new TestDatabaseException(
                    "The lock for changes of roles on " + server.title() + " cannot be taken: " + e.getMessage()
                            + "\nNothing was created.",
                    e);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        try {
            return server.inDatabase("postgres").getConnection();
        } catch (SQLException e) {
            LOG.debug("The database postgres cannot be used for a lock.", e);
            return server.connect();
        }
    }

    private static void await(PostgresServer server, Connection connection) throws SQLException {
        long start = System.nanoTime();
        boolean said = false;
        while (!PostgresServer.text(connection, "SELECT pg_catalog.pg_try_advisory_lock(" + KEY + ")")
                .equals("t")) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(LONGEST) > 0) {
                throw new TestDatabaseException(
                        "Another run changes roles or settings of " + server.title() + ", and did not end within "
                                + LONGEST.toMinutes() + " minutes (" + holder(connection)
                                + ").\nNothing was created. Wait until it has ended, or end it, and run again.",
                        null);
            }
            if (!said && waited.compareTo(SAID_AFTER) > 0) {
                said = true;
                LOG.warn(
                        "Waiting for another run that changes roles or settings of {} ({}).",
                        server.title(),
                        holder(connection));
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while waiting for another run", e);
            }
        }
    }

    private static String holder(Connection connection) throws SQLException {
        return PostgresServer.text(
                connection,
                "SELECT coalesce('server process ' || min(pid), 'it has just ended') FROM pg_catalog.pg_locks"
                        + " WHERE locktype = 'advisory' AND granted AND classid = " + (KEY >>> Integer.SIZE)
                        + " AND objid = " + (KEY & 0xFFFFFFFFL));
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (--holders == 0) {
                HELD.remove(server);
                try {
                    connection.close();
                } catch (SQLException e) {
                    LOG.debug("The lock for changes of roles did not close.", e);
                }
            }
        }
    }
}
