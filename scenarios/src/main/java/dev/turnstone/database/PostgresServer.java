package dev.turnstone.database;

import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that answered. Opens connections to it; thread-safe. */
final class PostgresServer {

    /** Of pgjdbc's parameters, what we set on each connection: in the URL it would win over us. */
    private static final String SEARCH_PATH = "currentSchema";

    private static final String APPLICATION = "ApplicationName";
    /** So many make and drop databases at a time, however many threads ask: it is short work, and connections are few. */
    private static final int WORKING_SESSIONS = 2;

    private static final int VALIDATION_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private final DatabaseUrl url;
    private final Driver driver;
    private final String title;
    private final int version;
    private final boolean outlivesProcess;
    private final DatabaseSettings.@Nullable NamedServer named;
    private final @Nullable TestRole testRole;
    private final @Nullable String scratch;
    private final Semaphore working;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Surroundings surroundings = new Surroundings();
    private volatile boolean stopped;

    private PostgresServer(
            DatabaseUrl url,
            Driver driver,
            String title,
            int version,
            boolean outlivesProcess,
            DatabaseSettings.@Nullable NamedServer named) {
        this.url = url;
        this.driver = driver;
        this.title = title;
        this.version = version;
        this.outlivesProcess = outlivesProcess;
        this.named = named;
        this.testRole = null;
        this.scratch = null;
        this.working = new Semaphore(WORKING_SESSIONS, true);
    }

    private PostgresServer(
            PostgresServer server, DatabaseUrl url, @Nullable TestRole testRole, @Nullable String scratch) {
        this.url = url;
        this.driver = server.driver;
        this.title = server.title;
        this.version = server.version;
        this.outlivesProcess = server.outlivesProcess;
        this.named = server.named;
        this.testRole = testRole;
        this.scratch = scratch;
        this.working = server.working;
    }

    /**
     * Connects to a server that somebody named.
     *
     * @throws DatabaseUnreachableException when it does not let us in
     */
    static PostgresServer named(DatabaseSettings.NamedServer server) {
        DatabaseUrl url = server.url();
        String location = url.location();
        String where = " at " + location.substring(0, location.lastIndexOf('/')) + " (" + server.origin() + ")";
        try {
            return at(url, where, true, server);
        } catch (SQLException e) {
            throw new DatabaseUnreachableException(server, e);
        }
    }

    /**
     * Connects to a server.
     *
     * @param where follows the version in the server's title
     * @param outlivesProcess whether it runs on when this process has ended
     */
    static PostgresServer at(DatabaseUrl url, String where, boolean outlivesProcess) throws SQLException {
        return at(url, where, outlivesProcess, null);
    }

    private static PostgresServer at(
            DatabaseUrl url, String where, boolean outlivesProcess, DatabaseSettings.@Nullable NamedServer named)
            throws SQLException {
        Driver driver = JdbcDataSource.driver(PostgresDialect.INSTANCE);
        DatabaseUrl plain = url.withoutParameter(SEARCH_PATH).withoutParameter(APPLICATION);
        PostgresServer unknown = new PostgresServer(plain, driver, "PostgreSQL", 0, outlivesProcess, named);
        try (Connection connection = unknown.connect()) {
            int version = Integer.parseInt(text(connection, "SHOW server_version_num"));
            String release = text(connection, "SHOW server_version").replaceFirst(" .*", "");
            return new PostgresServer(plain, driver, "PostgreSQL " + release + where, version, outlivesProcess, named);
        }
    }

    /**
     * The same server with another role for test code. Administrative sessions keep the role of the URL.
     *
     * @param role null for the role of the URL
     */
    PostgresServer withTestRole(@Nullable TestRole role) {
        return new PostgresServer(this, url, role, scratch);
    }

    /** The same server and test role, with sessions and schemas in another database. */
    PostgresServer inside(String database) {
        return new PostgresServer(this, url.withDatabase(database), testRole, database);
    }

    /** A connection for our own work, which is kept for the next such work when it is closed clean. */
    final class Session implements AutoCloseable {

        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        @Override
        public void close() throws SQLException {
            try {
                boolean clean = !connection.isClosed() && connection.getAutoCommit();
                if (clean && !stopped) {
                    idle.addFirst(connection);
                } else {
                    connection.close();
                }
            } finally {
                working.release();
            }
        }
    }

    /** Opens or takes up a session as {@link #connect()} would give it. To connect takes longer than to make a schema. */
    Session session() throws SQLException {
        working.acquireUninterruptibly();
        try {
            return new Session(keptOrNew());
        } catch (SQLException | RuntimeException | Error e) {
            working.release();
            throw e;
        }
    }

    private Connection keptOrNew() throws SQLException {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.isValid(VALIDATION_SECONDS)) {
                return kept;
            }
            kept.close();
        }
        return connect();
    }

    /** Closes the connections that are kept. Others can follow. */
    void closeIdle() {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            try {
                kept.close();
            } catch (SQLException e) {
                LOG.debug("An idle connection to {} did not close.", title, e);
            }
        }
    }

    /** A connection to the database that the URL names, with nothing but the catalog in its search path. */
    Connection connect() throws SQLException {
        return dataSource(url, "turnstone", "pg_catalog").getConnection();
    }

    /**
     * Connections to the database that the URL names, in one of its schemas and no other.
     *
     * <p>The search path travels in the start-up packet. Therefore {@code RESET ALL} returns to it, and neither the
     * role's nor the database's setting wins over it.
     */
    DataSource inSchema(String schema) {
        return dataSource(forTests(url), schema, PostgresDialect.INSTANCE.quote(schema));
    }

    /** Connections of test code to another database of the server, with the search path that the server gives. */
    DataSource inDatabase(String database) {
        return dataSource(forTests(url.withDatabase(database)), database, null);
    }

    /** In a URL a parameter wins over the property of that name, so that the URL's own role is removed. */
    private DatabaseUrl forTests(DatabaseUrl place) {
        if (testRole == null) {
            return place;
        }
        DatabaseUrl plain = place.withoutParameter("user").withoutParameter("password");
        return new DatabaseUrl(plain.dialect(), plain.jdbcUrl(), testRole.name(), testRole.password());
    }

    private DataSource dataSource(DatabaseUrl place, String application, @Nullable String searchPath) {
        Properties properties = place.credentials();
        properties.setProperty(APPLICATION, application);
        if (searchPath != null) {
            properties.setProperty(SEARCH_PATH, searchPath);
        }
        return new WaitingDataSource(new JdbcDataSource(driver, place.jdbcUrl(), properties));
    }

    /** For reports, for example {@code PostgreSQL 15.18 at localhost:5432 (DATABASE_URL)}. */
    String title() {
        return title;
    }

    /** The version as a number, for example 150018. */
    int version() {
        return version;
    }

    /** What is in the database that the URL names, beside test schemas. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** The setting that gives this server's URL; null for a server that Turnstone started. */
    DatabaseSettings.@Nullable NamedServer named() {
        return named;
    }

    /** The role that test code logs in as; null for the role of the URL. */
    @Nullable
    TestRole testRole() {
        return testRole;
    }

    /** The database of ours that sessions and schemas are in; null for the database that the URL names. */
    @Nullable
    String scratch() {
        return scratch;
    }

    /** Whether what is kept on it can be looked at when this process has ended. */
    boolean outlivesProcess() {
        return outlivesProcess;
    }

    /** Notes that the server was stopped for good, with all its data. */
    void stopped() {
        stopped = true;
    }

    /** Whether the server and all its data are gone. */
    boolean isStopped() {
        return stopped;
    }

    /** What tells this server, database and user from others in the process; without the password. */
    String identity() {
        return url.describe();
    }

    /** The one value that a query gives. */
    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("No row came back for: " + sql);
            }
            return result.getString(1);
        }
    }
}
