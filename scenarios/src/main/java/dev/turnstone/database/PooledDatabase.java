package dev.turnstone.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL test database with a pool of connections. Closing it ends them all, also those that somebody has forgotten.
 */
final class PooledDatabase implements TestDatabase {

    static final int MOST_CONNECTIONS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);

    private final TestDatabase database;
    private final HikariDataSource pool;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    PooledDatabase(TestDatabase database) {
        this.database = database;
        HikariConfig config = new HikariConfig();
        config.setPoolName("turnstone");
        config.setDataSource(database.dataSource());
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        // No connection until somebody asks.
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(this::thread);
        config.setExceptionOverride(new KeepAfterRefusal());
        this.pool = new HikariDataSource(config);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                "turnstone-pool");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /**
     * Makes what was open so far as good as new on the server: whoever asks next finds nothing of the sessions that were
     * before. A database of its own can have settings by now that only new sessions get.
     */
    void forgetSessions() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        boolean one = state.getTotalConnections() == 1 && state.getIdleConnections() == 1;
        if (!one || !(database instanceof PostgresSchema) || !discarded()) {
            endSessions();
        }
    }

    /** Ends what was open so far, with all that the driver knows of it. */
    void endSessions() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Opening a connection takes many times as long. */
    private boolean discarded() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DISCARD ALL");
            return true;
        } catch (SQLException e) {
            LOG.debug("A session on {} could not be made new; another takes its place.", database.describe(), e);
            return false;
        }
    }

    @Override
    public Dialect dialect() {
        return database.dialect();
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Scope scope() {
        return database.scope();
    }

    @Override
    public SchemaTracker track() throws SQLException {
        return database.track();
    }

    @Override
    public SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
        return database.track(seenThrough);
    }

    @Override
    public String server() {
        return database.server();
    }

    @Override
    public String describe() {
        return database.describe();
    }

    @Override
    public void keep(String title) {
        database.keep(title);
    }

    @Override
    public void requireIsolation() {
        database.requireIsolation();
    }

    @Override
    public void close() {
        // After each connection that it opened, the pool's thread rests for 30 ms, and would be waited for.
        threads.forEach(Thread::interrupt);
        pool.close();
        database.close();
    }

    @Override
    public String toString() {
        return describe();
    }
}
