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
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;

/** A test database that is an SQLite file. */
final class SqliteFile extends OwnedDatabase {

    private static final int LONGEST_NAME = 200;
    private static final List<String> SIDE_FILES = List.of("-wal", "-shm", "-journal", "-turnstone-lock");

    private final Path file;
    private final Path keptFolder;
    private final DataSource unconfined;

    private SqliteFile(Path file, Path keptFolder, DataSource dataSource, DataSource unconfined, String server) {
        super(SqliteDialect.INSTANCE, dataSource, server);
        this.unconfined = unconfined;
        this.file = file;
        this.keptFolder = keptFolder;
    }

    /**
     * @param file the file to create; attached databases are in its directory or in memory
     * @param keptFolder the directory for kept files; created on first use
     */
    static SqliteFile create(Driver driver, Path file, Path keptFolder, String server, SqliteSettings settings)
            throws SQLException {
        Path extension = settings.extension();
        Path directory = file.toAbsolutePath().getParent();
        Properties properties = new Properties();
        properties.setProperty("foreign_keys", Boolean.toString(settings.foreignKeys()));
        settings.journalMode().ifPresent(mode -> properties.setProperty("journal_mode", mode));
        properties.setProperty("busy_timeout", "10000");
        // The data need not survive a power failure, and fsync took nine tenths of the time of a long history.
        // A killed process leaves the same files, because the operating system has all writes.
        properties.setProperty("synchronous", "OFF");
        if (extension != null) {
            properties.setProperty("enable_load_extension", "true");
        }
        DataSource dataSource = new JdbcDataSource(driver, "jdbc:sqlite:" + file, properties, extension, directory);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet enforced = statement.executeQuery("PRAGMA foreign_keys")) {
            // SQLite ignores unknown pragmas, and can be built without foreign keys.
            if (settings.foreignKeys() && (!enforced.next() || enforced.getInt(1) != 1)) {
                throw new TestDatabaseException(
                        "SQLite does not enforce foreign keys in " + file
                                + ", although the pragma was set. Nothing was run. Use a build of SQLite with foreign keys.",
                        null);
            }
        }
        DataSource unconfined = new JdbcDataSource(driver, "jdbc:sqlite:" + file, properties);
        return new SqliteFile(file, keptFolder, dataSource, unconfined, server);
    }

    /** Returns the version of the SQLite library, for a person. */
    static String title(Driver driver) throws SQLException {
        try (Connection connection =
                new JdbcDataSource(driver, "jdbc:sqlite::memory:", new Properties()).getConnection()) {
            return "SQLite " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** Copies the current files of another database to this one, which must not be open. */
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
    Optional<String> keepFor(String title) throws IOException {
        Files.createDirectories(keptFolder);
        String name = title.replaceAll("[^A-Za-z0-9._-]+", "-") + "-" + file.getFileName();
        Path kept =
                keptFolder.resolve(name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name);
        for (String suffix : SIDE_FILES) {
            Path side = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(side)) {
                Files.move(side, kept.resolveSibling(kept.getFileName() + suffix));
            }
        }
        Files.move(file, kept);
        return Optional.of("SQLite file " + kept);
    }

    /**
     * Copies this database into another. Sessions may be connected to this database.
     *
     * @param target an empty database
     */
    void copyTo(SqliteFile target) throws SQLException {
        // SQLite copies page by page: the file itself must not be copied while this process has it open.
        // The driver's own command is not available to connections of a history.
        try (Connection connection = target.unconfined.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("restore from '" + file.toString().replace("'", "''") + "'");
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
