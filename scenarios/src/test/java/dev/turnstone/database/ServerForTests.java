package dev.turnstone.database;

import dev.turnstone.dialect.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The PostgreSQL server that tests of other packages name by its URL: the environment's, else the embedded one. */
public final class ServerForTests {

    private ServerForTests() {}

    /** A URL as a user would give it. */
    public static String url() {
        String environment = System.getenv("DATABASE_URL");
        return environment != null && environment.startsWith("postgres") ? environment : embeddedUrl("postgres");
    }

    /** A connection as the URL's user, to look and to prepare. */
    public static Connection connect(String url) throws SQLException {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        return DriverManager.getConnection(parsed.jdbcUrl(), parsed.credentials());
    }

    /** The URL of a database on the embedded server of this JVM. */
    public static String embeddedUrl(String database) {
        return TestSettings.embeddedUrl("postgres", database);
    }
}
