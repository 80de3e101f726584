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

/** A PostgreSQL server that accepted a connection. Opens further connections; thread-safe. */
final class PostgresServer {

    /** The pgjdbc parameters that Turnstone sets on each connection. They are removed from the URL, which would override them. */
    private static final String SEARCH_PATH = "currentSchema";

    private static final String APPLICATION = "ApplicationName";
    /** The limit for concurrent administrative sessions: they are short, and connections are scarce. */
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
    private final UnrelatedObjects unrelatedObjects = new UnrelatedObjects();
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
     * Connects to a server that the user named.
     *
     * @throws DatabaseUnreachableException when the connection fails
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
     * @param where the text after the version in the server's title
     * @param outlivesProcess whether the server keeps running when this process has ended
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
     * Returns this server with another role for test code. Administrative sessions keep the role of the URL.
     *
     * @param role the role, or null for the role of the URL
     */
    PostgresServer withTestRole(@Nullable TestRole role) {
        return new PostgresServer(this, url, role, scratch);
    }

    /** Returns this server with sessions and schemas in another database, and the same test role. */
    PostgresServer inside(String database) {
        return new PostgresServer(this, url.withDatabase(database), testRole, database);
    }

    /** An administrative session. Its connection is reused if it is closed without an error. */
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

    /** Opens an administrative session, or reuses one. Connecting takes longer than creating a schema. */
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

    /** Closes the idle connections. New ones can be opened later. */
    void closeIdle() {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            try {
                kept.close();
            } catch (SQLException e) {
                LOG.debug("An idle connection to {} did not close.", title, e);
            }
        }
    }

    /** Opens a connection to the database that the URL names, with only the catalog in its search path. */
    Connection connect() throws SQLException {
        return dataSource(url, "turnstone", "pg_catalog").getConnection();
    }

    /**
     * Returns a data source for one schema of the database that the URL names.
     *
     * <p>The search path is part of the start-up packet. Therefore {@code RESET ALL} restores it, and it overrides the
     * settings of the role and the database.
     */
    DataSource inSchema(String schema) {
        return dataSource(forTests(url), schema, PostgresDialect.INSTANCE.quote(schema));
    }

    /** Returns a data source for test code on another database of the server, with the default search path. */
    DataSource inDatabase(String database) {
        return dataSource(forTests(url.withDatabase(database)), database, null);
    }

    /** Removes the URL's own role, because a URL parameter overrides the property with the same name. */
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

    /** Returns the title for reports, for example {@code PostgreSQL 15.18 at localhost:5432 (DATABASE_URL)}. */
    String title() {
        return title;
    }

    /** Returns the version as a number, for example 150018. */
    int version() {
        return version;
    }

    /** Returns the objects of the URL's database outside the test schemas. */
    UnrelatedObjects unrelatedObjects() {
        return unrelatedObjects;
    }

    /** Returns the setting that contains this server's URL; null for a server that Turnstone started. */
    DatabaseSettings.@Nullable NamedServer named() {
        return named;
    }

    /** Returns the role of test code; null for the role of the URL. */
    @Nullable
    TestRole testRole() {
        return testRole;
    }

    /** Returns the scratch database with the sessions and schemas; null for the database that the URL names. */
    @Nullable
    String scratch() {
        return scratch;
    }

    /** Returns whether the server keeps running after this process, so that kept databases remain available. */
    boolean outlivesProcess() {
        return outlivesProcess;
    }

    /** Records that the server was stopped and its data was deleted. */
    void stopped() {
        stopped = true;
    }

    /** Returns whether the server was stopped and its data was deleted. */
    boolean isStopped() {
        return stopped;
    }

    /** Returns a text that identifies this server, database and user, without the password. */
    String identity() {
        return url.describe();
    }

    /** Returns the single value of a query. */
    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("No row was returned for: " + sql);
            }
            return result.getString(1);
        }
    }
}
