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

/** An SQLite database in a file of its own. */
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
     * @param file does not exist; it is made. What connections attach is in its directory or in memory.
     * @param keptFolder where it goes when it outlives its test; made when first needed
     */
    static SqliteFile create(Driver driver, Path file, Path keptFolder, String server, SqliteSettings settings)
            throws SQLException {
        Path extension = settings.extension();
        Path directory = file.toAbsolutePath().getParent();
        Properties properties = new Properties();
        properties.setProperty("foreign_keys", Boolean.toString(settings.foreignKeys()));
        settings.journalMode().ifPresent(mode -> properties.setProperty("journal_mode", mode));
        properties.setProperty("busy_timeout", "10000");
        // Nobody will miss the data after a power failure, and waiting for the disk took nine tenths of a long
        // history's
        // time. A killed process leaves the same files as ever: what was written, the operating system has.
        properties.setProperty("synchronous", "OFF");
        if (extension != null) {
            properties.setProperty("enable_load_extension", "true");
        }
        DataSource dataSource = new JdbcDataSource(driver, "jdbc:sqlite:" + file, properties, extension, directory);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet enforced = statement.executeQuery("PRAGMA foreign_keys")) {
            // SQLite ignores what it does not understand, and can be built without foreign keys.
            if (settings.foreignKeys() && (!enforced.next() || enforced.getInt(1) != 1)) {
                throw new TestDatabaseException(
                        "SQLite does not enforce foreign keys in " + file
                                + ", though it was told to. Nothing was run. Use a build of SQLite with foreign keys.",
                        null);
            }
        }
        DataSource unconfined = new JdbcDataSource(driver, "jdbc:sqlite:" + file, properties);
        return new SqliteFile(file, keptFolder, dataSource, unconfined, server);
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
     * Puts all that this database holds into another. Nobody need be disconnected.
     *
     * @param target empty
     */
    void copyTo(SqliteFile target) throws SQLException {
        // SQLite copies page by page: a file of ours must not be copied while this process has it open.
        // The driver's own command is not for connections that a history gets.
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
