package dev.turnstone.dialect.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server for all tests of this JVM: the server of {@code turnstone.postgres.url} or {@code DATABASE_URL}, or else
 * an embedded one.
 */
public final class PostgresForTests {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private PostgresForTests() {}

    private static final class Server {
        static final String URL = url();

        private static String url() {
            String given = System.getProperty("turnstone.postgres.url", System.getenv("DATABASE_URL"));
            if (given != null && given.startsWith("jdbc:postgresql:")) {
                return given;
            }
            if (given != null && given.matches("postgres(ql)?://.*")) {
                return jdbcUrl(URI.create(given));
            }
            try {
                return EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
            } catch (IOException cannotStart) {
                throw new UncheckedIOException(cannotStart);
            }
        }

        private static String jdbcUrl(URI uri) {
            String[] user = String.valueOf(uri.getUserInfo()).split(":", 2);
            return "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                    + uri.getPath() + "?user=" + user[0] + (user.length > 1 ? "&password=" + user[1] : "");
        }
    }

    /** Returns the URL, with all required parameters. */
    public static String url() {
        return Server.URL;
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(Server.URL);
    }

    static Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(Server.URL + (Server.URL.contains("?") ? "&" : "?") + parameters);
    }

    static Connection connect(String database, String parameters) throws SQLException {
        String url = Server.URL.replaceFirst("(jdbc:postgresql://[^/]*)/[^?]*", "$1/" + database);
        return DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + parameters);
    }

    static boolean isAtLeast(int majorVersion) {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseMajorVersion() >= majorVersion;
        } catch (SQLException noServer) {
            throw new IllegalStateException(noServer);
        }
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** A connection to a new schema, which is dropped when the connection is closed. */
    public static final class InSchema implements AutoCloseable {

        public final String schema;
        public final Connection connection;

        public InSchema(String prefix) throws SQLException {
            schema = String.format(
                    Locale.ROOT, "%s_%d_%d", prefix, ProcessHandle.current().pid(), SCHEMAS.incrementAndGet());
            connection = connect();
            run("CREATE SCHEMA " + quoted() + "; SET search_path TO " + quoted());
        }

        public String quoted() {
            return PostgresDialect.INSTANCE.quote(schema);
        }

        public void run(String sql) throws SQLException {
            execute(connection, sql);
        }

        @Override
        public void close() throws SQLException {
            try (Connection cleaning = connect()) {
                connection.close();
                execute(cleaning, "SET client_min_messages TO warning; DROP SCHEMA " + quoted() + " CASCADE");
            }
        }
    }
}
