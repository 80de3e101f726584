package dev.turnstone.dialect;

import java.util.Locale;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, in the form that JDBC needs, read from whichever form people write.
 *
 * <p>{@link #toString()} and {@link #describe()} hide the password and all parameters; the accessors do not.
 *
 * @param dialect {@code sqlite} or {@code postgresql}
 * @param jdbcUrl for the dialect's JDBC driver, without user and password; a parameter can hold another secret
 * @param user whom to connect as; null leaves it to the driver
 * @param password in clear text, or null for none
 */
public record DatabaseUrl(
        String dialect,
        String jdbcUrl,
        @Nullable String user,
        @Nullable String password) {

    /** Checks that driver and dialect belong together. */
    public DatabaseUrl {
        Dialects.named(dialect);
        if (!jdbcUrl.startsWith("jdbc:" + dialect + ":")) {
            throw new IllegalArgumentException(
                    "jdbcUrl of " + dialect + " must begin with jdbc:" + dialect + ": and does not.");
        }
    }

    /**
     * Reads a URL as people write it, for example in {@code DATABASE_URL}.
     *
     * @param text a URL of PostgreSQL or SQLite; a {@code +driver} in its scheme is ignored
     * @throws InvalidDatabaseUrlException when it is neither, or is malformed, or names a Unix socket
     */
    public static DatabaseUrl parse(String text) {
        return DatabaseUrlParser.parse(text.strip(), null);
    }

    /**
     * Reads a URL as people write it, as {@link #parse(String)} does.
     *
     * @param text a URL of PostgreSQL or SQLite
     * @param setting what holds it, for the message of a failure: {@code DATABASE_URL}, {@code --url}
     * @throws InvalidDatabaseUrlException when it is neither, or is malformed, or names a Unix socket
     */
    public static DatabaseUrl parse(String text, String setting) {
        return DatabaseUrlParser.parse(text.strip(), setting);
    }

    /**
     * Says what kind of database a URL names by its scheme alone, without reading the rest.
     *
     * @return the dialect's name, or null where Turnstone has none for the scheme
     */
    public static @Nullable String dialectOf(String text) {
        String scheme = DatabaseUrlParser.scheme(text.strip());
        for (Dialect dialect : Dialects.all()) {
            if (dialect.urlSchemes().contains(scheme)) {
                return dialect.name();
            }
        }
        return null;
    }

    /** The place alone: {@code host:port/database} or the file. */
    public String location() {
        String path = bare(jdbcUrl).substring(("jdbc:" + dialect + ":").length());
        return path.startsWith("//") ? path.substring(2) : path;
    }

    /** The place for people, for example {@code postgresql://app@db.example:5432/shop}. */
    public String describe() {
        return Dialects.named(dialect).storesDatabaseInFile()
                ? dialect + ":" + location()
                : dialect + "://" + (user == null ? "" : user + "@") + location();
    }

    /**
     * Connections to this database, each opened by the driver when it is asked for.
     *
     * @throws MissingDriverException when the driver is not on the class path
     */
    public DataSource dataSource() {
        return new JdbcDataSource(JdbcDataSource.driver(Dialects.named(dialect)), jdbcUrl, credentials());
    }

    /** User and password as a JDBC driver takes them; a new object each time. */
    public Properties credentials() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /**
     * The same server, another database. For PostgreSQL.
     *
     * @param name the plain name of the database
     */
    public DatabaseUrl withDatabase(String name) {
        int query = queryStart(jdbcUrl);
        int slash = jdbcUrl.lastIndexOf('/', query);
        return new DatabaseUrl(
                dialect,
                jdbcUrl.substring(0, slash + 1) + DatabaseUrlParser.encode(name) + jdbcUrl.substring(query),
                user,
                password);
    }

    /**
     * The same without one of the driver's parameters, in whatever letter case it is written. A parameter in a URL wins
     * over the property of that name.
     */
    public DatabaseUrl withoutParameter(String name) {
        int query = queryStart(jdbcUrl);
        if (query == jdbcUrl.length()) {
            return this;
        }
        StringBuilder kept = new StringBuilder(jdbcUrl.substring(0, query));
        char separator = '?';
        for (String parameter : jdbcUrl.substring(query + 1).split("&", -1)) {
            String key = parameter.substring(0, (parameter + "=").indexOf('='));
            if (!key.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                kept.append(separator).append(parameter);
                separator = '&';
            }
        }
        return new DatabaseUrl(dialect, kept.toString(), user, password);
    }

    @Override
    public String toString() {
        return describe();
    }

    private static String bare(String jdbcUrl) {
        return jdbcUrl.substring(0, queryStart(jdbcUrl));
    }

    private static int queryStart(String jdbcUrl) {
        int query = jdbcUrl.indexOf('?');
        return query < 0 ? jdbcUrl.length() : query;
    }
}
