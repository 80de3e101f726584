package dev.turnstone.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Waits a limited time if the server has no free connection: connections of tests that have just ended are still being
 * closed, and other processes use the same server. Immutable and thread-safe.
 */
record WaitingDataSource(DataSource source) implements DataSource {

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** A longer wait is logged. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(WaitingDataSource.class);
    private static final Duration PAUSE = Duration.ofMillis(10);

    @Override
    public Connection getConnection() throws SQLException {
        return waiting(source::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return waiting(() -> source.getConnection(user, password));
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    private static Connection waiting(Opening opening) throws SQLException {
        long begin = System.nanoTime();
        long end = begin + TIMEOUT.toNanos();
        boolean told = false;
        while (true) {
            try {
                return opening.open();
            } catch (SQLException e) {
                if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState()) || System.nanoTime() > end) {
                    throw e;
                }
                if (!told && System.nanoTime() - begin > SILENCE.toNanos()) {
                    LOG.warn(
                            "Waiting for a connection, because the server has no free one: {} The wait ends after {} s.",
                            e.getMessage(),
                            TIMEOUT.toSeconds());
                    told = true;
                }
                try {
                    Thread.sleep(PAUSE.toMillis());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || source.isWrapperFor(type);
    }
}
