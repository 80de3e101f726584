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
 * Another session that is writing all tables when a statement comes that no transaction can hold, such as {@code VACUUM
 * FULL}: such a statement gives its locks back before anyone could look at them, but who has to wait shows which one it
 * wants. As soon as it waits, this session ends its transaction and lets it pass.
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
     * Begins to write.
     *
     * @param pid the session whose statement comes next
     * @return empty where the role may not write one of the tables
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

    /** Ends with the statement; gives the locks that it had to wait for, by {@code oid}. */
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
