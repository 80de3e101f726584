package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A database for one test: a SQLite file, or a schema on the PostgreSQL server of this JVM. */
public final class ScratchDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final DataSource dataSource;
    private final Connection connection;
    private final Scope scope;
    private final Cleaning cleaning;

    private interface Cleaning {
        void run() throws SQLException, IOException;
    }

    private ScratchDatabase(DataSource dataSource, Scope scope, Cleaning cleaning) throws SQLException {
        this.dataSource = dataSource;
        this.connection = dataSource.getConnection();
        this.scope = scope;
        this.cleaning = cleaning;
    }

    /** The server for all tests of this JVM: the one of {@code turnstone.postgres.url}, or an embedded one. */
    private static final class Server {
        static final String URL = url();

        private static String url() {
            String given = System.getProperty("turnstone.postgres.url", System.getenv("DATABASE_URL"));
            if (given != null && given.startsWith("jdbc:postgresql:")) {
                return given;
            }
            if (given != null && given.matches("postgres(ql)?://.*")) {
                URI uri = URI.create(given);
                String[] user = String.valueOf(uri.getUserInfo()).split(":", 2);
                return "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                        + uri.getPath() + "?user=" + user[0] + (user.length > 1 ? "&password=" + user[1] : "");
            }
            try {
                return EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
            } catch (IOException cannotStart) {
                throw new UncheckedIOException(cannotStart);
            }
        }
    }

    /** Creates an empty SQLite file. */
    public static ScratchDatabase sqlite() throws SQLException {
        try {
            Path file = Files.createTempFile("turnstone-scratch", ".db");
            SQLiteDataSource dataSource = new SQLiteDataSource();
            dataSource.setUrl("jdbc:sqlite:" + file);
            return new ScratchDatabase(dataSource, Scope.schema("main"), () -> Files.deleteIfExists(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates an empty schema. */
    public static ScratchDatabase postgresql() throws SQLException {
        String schema = String.format(
                Locale.ROOT, "scratch_%d_%d", ProcessHandle.current().pid(), COUNT.incrementAndGet());
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(Server.URL);
        dataSource.setCurrentSchema(schema);
        execute(dataSource, "CREATE SCHEMA " + schema);
        return new ScratchDatabase(
                dataSource,
                Scope.schema(schema),
                () -> execute(dataSource, "SET client_min_messages TO warning; DROP SCHEMA " + schema + " CASCADE"));
    }

    /** Creates a database of a dialect and runs statements in it. */
    public static ScratchDatabase of(String dialect, String sql) throws SQLException {
        return (dialect.equals("sqlite") ? sqlite() : postgresql()).with(sql);
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public Connection connection() {
        return connection;
    }

    public Scope scope() {
        return scope;
    }

    /** Runs statements in this database and returns it. */
    public ScratchDatabase with(String sql) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        for (SqlStatement each : dialect.split(new SqlText(sql, new Location("scratch", 1, 1)))) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(each.text());
            } catch (SQLException | TurnstoneException e) {
                throw new SQLException(each.text(), e);
            }
        }
        return this;
    }

    public SchemaSnapshot snapshot() {
        return SchemaSnapshot.of(connection, scope);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        try {
            cleaning.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
