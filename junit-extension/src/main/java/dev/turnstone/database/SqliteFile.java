package dev.turnstone.database;

import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An SQLite database in a file of its own. */
final class SqliteFile extends OwnedDatabase {

    private static final List<String> SIDE_FILES = List.of("-wal", "-shm", "-journal", "-turnstone-lock");

    private final Path file;

    private SqliteFile(Path file, DataSource dataSource, String server) {
        super(SqliteDialect.INSTANCE, dataSource, server);
        this.file = file;
    }

    /**
     * @param file does not exist; it is made
     * @param extension is loaded into every connection; null for none
     */
    static SqliteFile create(Driver driver, Path file, String server, @Nullable Path extension) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("foreign_keys", "true");
        properties.setProperty("busy_timeout", "10000");
        if (extension != null) {
            properties.setProperty("enable_load_extension", "true");
        }
        DataSource dataSource = new JdbcDataSource(driver, "jdbc:sqlite:" + file, properties, extension);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet enforced = statement.executeQuery("PRAGMA foreign_keys")) {
            // SQLite ignores what it does not understand, and can be built without foreign keys.
            if (!enforced.next() || enforced.getInt(1) != 1) {
                throw new TestDatabaseException(
                        "SQLite does not enforce foreign keys in " + file
                                + ", though it was told to. Nothing was run. Use a build of SQLite with foreign keys.",
                        null);
            }
        }
        return new SqliteFile(file, dataSource, server);
    }

    /** The version of the library, for people. */
    static String title(Driver driver) throws SQLException {
        try (Connection connection =
                new JdbcDataSource(driver, "jdbc:sqlite::memory:", new Properties()).getConnection()) {
            return "SQLite " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** Takes over what another database's files are at this moment. No one has this one open. */
    void become(SqliteFile other) throws IOException {
        drop();
        for (String suffix : List.of("", "-journal", "-wal")) {
            Path from = sibling(other.file, suffix);
            if (Files.exists(from)) {
                OutsideCopy.of(from, sibling(file, suffix));
            }
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Override
    void drop() throws IOException {
        Files.deleteIfExists(file);
        for (String suffix : SIDE_FILES) {
            Files.deleteIfExists(sibling(file, suffix));
        }
    }

    @Override
    public Scope scope() {
        return Scope.schema("main");
    }

    @Override
    public String describe() {
        return "SQLite file " + file;
    }
}
