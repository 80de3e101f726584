package dev.turnstone.testing;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.postgresql.PostgresForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * An empty database that a test may fill: an SQLite file, or a PostgreSQL schema that is the whole search path. It goes
 * when it is closed, together with the folder for revisions.
 */
public final class DatabaseForTests implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Pattern ID = Pattern.compile("-- revision: (\\S+)");

    private final String dialect;
    private final String schema;
    private final String url;
    private final Path folder;

    private DatabaseForTests(String dialect, String schema, String url, Path folder) {
        this.dialect = dialect;
        this.schema = schema;
        this.url = url;
        this.folder = folder;
    }

    public static DatabaseForTests sqlite() {
        Path folder = newFolder();
        return new DatabaseForTests("sqlite", "main", "jdbc:sqlite:" + folder.resolve("test.db"), folder);
    }

    public static DatabaseForTests postgresql() {
        String schema = "exec_" + ProcessHandle.current().pid() + "_" + NUMBERS.incrementAndGet();
        String server = PostgresForTests.url();
        String url = server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
        DatabaseForTests database = new DatabaseForTests("postgresql", schema, url, newFolder());
        database.execute("CREATE SCHEMA " + schema);
        return database;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("turnstone-execution");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String dialect() {
        return dialect;
    }

    public boolean isPostgresql() {
        return dialect.equals("postgresql");
    }

    public String title() {
        return isPostgresql() ? "PostgreSQL" : "SQLite";
    }

    public String schema() {
        return schema;
    }

    public String url() {
        return url;
    }

    public Path folder() {
        return folder;
    }

    public DataSource dataSource() {
        return dataSource(url);
    }

    /** SQLite's, without the patience of its default busy timeout. */
    public DataSource impatient() {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.getConfig().setBusyTimeout(10);
        sqlite.setUrl(url);
        return sqlite;
    }

    public static DataSource dataSource(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            SQLiteDataSource sqlite = new SQLiteDataSource();
            sqlite.setUrl(url);
            return sqlite;
        }
        PGSimpleDataSource postgresql = new PGSimpleDataSource();
        postgresql.setUrl(url);
        return postgresql;
    }

    /** A migrator for these revision files, and no others. */
    public Migrator migrator(String... files) {
        return migrator(dataSource(), files);
    }

    public Migrator migrator(DataSource through, String... files) {
        return Migrator.of(through, revisions(files).toString());
    }

    /** Writes revision files; {@code a.sql} is the name of the one whose id is {@code a}, after the date. */
    public Path revisions(String... files) {
        try {
            Path revisions = Files.createTempDirectory(folder, "revisions");
            for (String file : files) {
                Matcher id = ID.matcher(file);
                if (!id.find()) {
                    throw new IllegalArgumentException(file);
                }
                Files.writeString(revisions.resolve("20240101_1200_" + id.group(1) + "_test.sql"), file);
            }
            return revisions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A revision file: its first statement is on line 4, or 5 where it has parents. */
    public static String revision(String id, String parents, String upgrade, String downgrade) {
        return "-- revision: " + id + "\n" + (parents.isEmpty() ? "" : "-- parents: " + parents + "\n")
                + "\n-- upgrade\n" + upgrade + (downgrade.isEmpty() ? "" : "\n\n-- downgrade\n" + downgrade) + "\n";
    }

    public void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> strings(String sql) {
        try (Connection connection = dataSource().getConnection()) {
            return strings(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    /** The names of all tables, sorted; without the one that holds checksums. */
    public List<String> tables() {
        return allTables().stream()
                .filter(table -> !table.equals("turnstone_version_checksum"))
                .toList();
    }

    /** The names of all tables, sorted. */
    public List<String> allTables() {
        return strings(
                isPostgresql()
                        ? "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "' ORDER BY 1"
                        : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1");
    }

    /** The names of all indexes that are not those of constraints, sorted. */
    public List<String> indexes() {
        return strings(
                isPostgresql()
                        ? "SELECT indexname FROM pg_indexes WHERE schemaname = '" + schema
                                + "' AND indexname NOT LIKE '%\\_pk%' ORDER BY 1"
                        : "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1");
    }

    /** The rows of the version table, sorted. */
    public List<String> versionRows() {
        return strings("SELECT version_num FROM turnstone_version ORDER BY 1");
    }

    @Override
    public void close() throws IOException {
        if (isPostgresql()) {
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public String toString() {
        return dialect;
    }
}
