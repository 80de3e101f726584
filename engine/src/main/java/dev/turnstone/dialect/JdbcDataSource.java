package dev.turnstone.dialect;

import dev.turnstone.error.Secrets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens a connection by the driver for each call; the drivers' own data sources would tie us to their classes. Immutable
 * and thread-safe.
 */
public final class JdbcDataSource implements DataSource {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(JdbcDataSource.class);

    private final Driver driver;
    private final String url;
    private final Properties properties;
    private final @Nullable Path extension;
    private final @Nullable Path confinedTo;

    /**
     * @param driver accepts {@code url}
     * @param url the JDBC URL
     * @param properties for each connection; copied
     */
    public JdbcDataSource(Driver driver, String url, Properties properties) {
        this(driver, url, properties, null, null);
    }

    /**
     * @param driver accepts {@code url}
     * @param url the JDBC URL
     * @param properties for each connection; copied
     * @param extension of SQLite, loaded into each connection; null for none
     * @param confinedTo the directory outside of which no connection reaches a file, as {@link Dialect#confined} says;
     *     null for connections as the driver opens them
     */
    public JdbcDataSource(
            Driver driver, String url, Properties properties, @Nullable Path extension, @Nullable Path confinedTo) {
        this.extension = extension;
        this.confinedTo = confinedTo;
        this.driver = driver;
        this.url = url;
        this.properties = (Properties) properties.clone();
    }

    /**
     * Finds the driver, also where {@code DriverManager} looked before its class loader existed.
     *
     * @throws MissingDriverException when it is not on the class path
     */
    public static Driver driver(Dialect dialect) {
        String probe = dialect.driverProbe();
        return Stream.of(
                        JdbcDataSource.class.getClassLoader(),
                        Thread.currentThread().getContextClassLoader())
                .flatMap(loader -> drivers(loader).stream())
                .filter(driver -> accepts(driver, probe))
                .findFirst()
                .or(() -> DriverManager.drivers()
                        .filter(driver -> accepts(driver, probe))
                        .findFirst())
                .orElseThrow(() -> new MissingDriverException(dialect));
    }

    private static List<Driver> drivers(ClassLoader loader) {
        List<Driver> drivers = new ArrayList<>();
        Iterator<Driver> found = ServiceLoader.load(Driver.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return drivers;
                }
                drivers.add(found.next());
            } catch (ServiceConfigurationError e) {
                // Another database's driver that cannot be loaded is not our concern; the iterator is past it.
                LOG.debug("A JDBC driver cannot be loaded.", e);
            }
        }
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect((Properties) properties.clone());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties others = (Properties) properties.clone();
        others.setProperty("user", user);
        others.setProperty("password", password);
        return connect(others);
    }

    private Connection connect(Properties all) throws SQLException {
        if (url.startsWith("jdbc:sqlite:")) {
            UnpackingDirectory.check();
        }
        Connection connection;
        try {
            connection = driver.connect(url, all);
        } catch (SQLException e) {
            throw withoutPassword(e, all.getProperty("user"), all.getProperty("password"));
        }
        if (connection == null) {
            throw new SQLException("The driver " + driver.getClass().getName() + " does not accept the URL.", "08001");
        }
        try {
            if (extension != null) {
                load(extension, connection);
            }
            return confinedTo == null ? connection : dialect(url).confined(connection, confinedTo);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Dialect dialect(String url) {
        String[] parts = url.split(":", 3);
        return Dialects.named(parts.length == 3 ? parts[1] : "");
    }

    /** Drivers repeat the URL, or a part that they do not understand, in messages and causes. */
    private SQLException withoutPassword(SQLException failure, @Nullable String user, @Nullable String password) {
        String query = url.substring((url + "?").indexOf('?'));
        boolean secret = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String said = String.valueOf(each.getMessage());
            secret |= !masked(said, query, user, password).equals(said);
        }
        if (!secret) {
            return failure;
        }
        SQLException masked = new SQLException(
                masked(String.valueOf(failure.getMessage()), query, user, password),
                failure.getSQLState(),
                failure.getErrorCode());
        masked.setStackTrace(failure.getStackTrace());
        return masked;
    }

    private static String masked(String said, String query, @Nullable String user, @Nullable String password) {
        String text = query.length() > 1 ? said.replace(query, "?***") : said;
        // A password that is a common word, such as the user's name, would make messages unreadable and is no secret.
        return Secrets.masked(
                password == null || password.length() < 4 || password.equals(user)
                        ? text
                        : text.replace(password, "***"));
    }

    /**
     * Writes down what another process needs to open the same connections. It holds the password.
     *
     * @param into gets entries that begin with {@code jdbc.}
     */
    public void write(Properties into) {
        into.setProperty("jdbc.url", url);
        if (extension != null) {
            into.setProperty("jdbc.extension", extension.toString());
        }
        if (confinedTo != null) {
            into.setProperty("jdbc.confinedTo", confinedTo.toString());
        }
        properties
                .stringPropertyNames()
                .forEach(name -> into.setProperty("jdbc.property." + name, properties.getProperty(name)));
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws MissingDriverException when the driver is not on the class path
     */
    public static JdbcDataSource read(Properties from) {
        String place = from.getProperty("jdbc.url");
        Properties all = new Properties();
        String prefix = "jdbc.property.";
        from.stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> all.setProperty(name.substring(prefix.length()), from.getProperty(name)));
        String loaded = from.getProperty("jdbc.extension");
        String confinedTo = from.getProperty("jdbc.confinedTo");
        return new JdbcDataSource(
                driver(dialect(place)),
                place,
                all,
                loaded == null ? null : Path.of(loaded),
                confinedTo == null ? null : Path.of(confinedTo));
    }

    private static void load(Path extension, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT load_extension(?)")) {
            statement.setString(1, extension.toString());
            statement.execute();
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("log writer");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("login timeout");
    }

    /** What pools wait for when they close while a connection is being opened; we never set a limit of our own. */
    @Override
    public int getLoginTimeout() {
        return 5;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("java.util.logging is not used");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("This data source wraps no " + type.getName() + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
