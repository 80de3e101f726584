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
 * A PostgreSQL test database with a pool of connections. Closing it closes them all, also those that test code left open.
 */
final class PooledDatabase implements TestDatabase {

    static final int MOST_CONNECTIONS = 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
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
        config.setConnectionTimeout(TIMEOUT.toMillis());
        // Opens no connection before the first use.
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
     * Resets the open sessions on the server, so that the next user finds no settings and no temporary tables. A separate
     * database can have new settings that only new sessions get.
     */
    void forgetSessions() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        boolean one = state.getTotalConnections() == 1 && state.getIdleConnections() == 1;
        if (!one || !(database instanceof PostgresSchema) || !discarded()) {
            endSessions();
        }
    }

    /** Closes the open connections, with everything that the driver has cached for them. */
    void endSessions() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Resets one session. Opening a new connection takes many times as long. */
    private boolean discarded() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DISCARD ALL");
            return true;
        } catch (SQLException e) {
            LOG.debug("A session on {} could not be reset; a new one replaces it.", database.describe(), e);
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
        // The pool's thread sleeps for 30 ms after each connection that it opens; the shutdown would wait for it.
        threads.forEach(Thread::interrupt);
        pool.close();
        database.close();
    }

    @Override
    public String toString() {
        return describe();
    }
}
