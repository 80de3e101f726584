package dev.turnstone.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A test database with a pool of connections. Closing it ends them all, also those that somebody has forgotten. */
final class PooledDatabase implements TestDatabase {

    static final int MOST_CONNECTIONS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final HikariDataSource pool;

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
        this.pool = new HikariDataSource(config);
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
        pool.close();
        database.close();
    }

    @Override
    public String toString() {
        return describe();
    }
}
