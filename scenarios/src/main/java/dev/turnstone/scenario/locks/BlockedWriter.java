package dev.turnstone.scenario.locks;

import dev.turnstone.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second session that writes all tables while a statement runs that cannot run in a transaction, such as {@code
 * VACUUM FULL}. Such a statement releases its locks before they can be read, but the lock that it waits for can be
 * read. As soon as the statement waits, this session ends its transaction, so that the statement can continue.
 */
final class BlockedWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BlockedWriter.class);
    private static final long PAUSE_MILLIS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String WAITS_FOR =
            "SELECT locktype, relation::bigint, mode FROM pg_catalog.pg_locks WHERE pid = ? AND NOT granted";

    private final Connection connection;
    private final int pid;
    private final Thread thread;
    private final Map<Long, LockMode> wanted = new HashMap<>();
    private volatile boolean over;

    private BlockedWriter(Connection connection, int pid) {
        this.connection = connection;
        this.pid = pid;
        this.thread = new Thread(this::lookOn, "turnstone-locks");
        this.thread.setDaemon(true);
    }

    /**
     * Starts a transaction that locks all tables as a writer does.
     *
     * @param database the database of the step
     * @param pid the process id of the session that sends the statement
     * @param relations the tables to lock
     * @return the writer; empty if the role has no right to write one of the tables
     */
    static Optional<BlockedWriter> begin(TestDatabase database, int pid, LockableRelations relations)
            throws SQLException {
        Connection connection = database.dataSource().getConnection();
        String tables = relations.tables().values().stream()
                .filter(relation -> !relation.isMaterializedView())
                .map(LockableRelations.Relation::quoted)
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("SET LOCAL lock_timeout = " + PATIENCE.toMillis());
            if (!tables.isEmpty()) {
                statement.execute("LOCK TABLE " + tables + " IN ROW EXCLUSIVE MODE");
            }
        } catch (SQLException e) {
            connection.close();
            LOG.debug("No writer is in the way: {}", e.getMessage());
            return Optional.empty();
        }
        BlockedWriter writer = new BlockedWriter(connection, pid);
        writer.thread.start();
        return Optional.of(writer);
    }

    private void lookOn() {
        try (Connection own = connection;
                Statement statement = own.createStatement()) {
            while (!over && !isWaitedFor(own)) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("Looked on no further: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWaitedFor(Connection own) throws SQLException {
        boolean waits = false;
        try (PreparedStatement statement = own.prepareStatement(WAITS_FOR)) {
            statement.setInt(1, pid);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    waits = true;
                    if (rows.getString(1).equals("relation")) {
                        long relation = rows.getLong(2);
                        LockMode.of(rows.getString(3)).ifPresent(mode -> wanted.put(relation, mode));
                    }
                }
            }
        }
        return waits;
    }

    /** Ends the writer after the statement; returns the locks that the statement waited for, by {@code oid}. */
    Map<Long, LockMode> end() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return wanted;
    }
}
