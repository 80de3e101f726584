package dev.turnstone.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Settings and short ways to ask a database, for the tests of this package. */
final class TestSettings {

    /** Within the build's directory, so that the server's programs are unpacked once. */
    static final Path DIRECTORY = Path.of("target", "turnstone").toAbsolutePath();

    private TestSettings() {}

    static DatabaseSettings embedded() {
        return of(Map.of("turnstone.postgres.source", "embedded"));
    }

    static DatabaseSettings url(String url) {
        return of(Map.of("turnstone.postgres.url", url));
    }

    static DatabaseSettings of(Map<String, String> properties) {
        return DatabaseSettings.of(
                name -> name.equals("turnstone.directory")
                        ? properties.getOrDefault(name, DIRECTORY.toString())
                        : properties.get(name),
                Map.of());
    }

    /** The embedded server of this JVM. */
    static PostgresServer server() {
        return EmbeddedServer.running(Workspace.at(DIRECTORY));
    }

    /** A URL of the embedded server, as a user would give it. */
    static String embeddedUrl(String user, String database) {
        String identity = server().identity();
        String authority = identity.substring(identity.indexOf('@') + 1, identity.lastIndexOf('/'));
        return "postgresql://" + user + "@" + authority + "/" + database;
    }

    static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> query(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return query(connection, sql);
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
