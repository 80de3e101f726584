package dev.turnstone.database;

import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings for test databases: the servers, and the directory for files. Immutable.
 *
 * @param source which PostgreSQL servers are allowed
 * @param postgres the named server, or null; not used with {@link PostgresSource#EMBEDDED}
 * @param postgresRequired whether a missing PostgreSQL fails the tests instead of skipping them
 * @param keep which databases are not dropped after their test
 * @param directory the directory for SQLite files and the embedded server; created on first use
 * @param notes settings that were found and are not used, each a sentence for a person
 * @param sqlite the settings of SQLite connections
 * @param container the container for PostgreSQL, if a container is used
 * @param clusterChangesAllowed whether a history on a server given by URL runs with the rights of the URL's role, and may
 *     therefore change roles, settings and other databases of that server
 */
public record DatabaseSettings(
        PostgresSource source,
        @Nullable NamedServer postgres,
        boolean postgresRequired,
        Keep keep,
        Path directory,
        List<String> notes,
        SqliteSettings sqlite,
        ContainerSettings container,
        boolean clusterChangesAllowed) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSettings.class);
    private static final String URL = "turnstone.postgres.url";
    private static final String SOURCE = "turnstone.postgres.source";
    private static final String REQUIRED = "turnstone.postgres.required";
    private static final String KEEP = "turnstone.keep";
    private static final String DIRECTORY = "turnstone.directory";
    private static final String SQLITE_EXTENSION = "turnstone.sqlite.extension";
    private static final String SQLITE_FOREIGN_KEYS = "turnstone.sqlite.foreign-keys";
    private static final String SQLITE_JOURNAL = "turnstone.sqlite.journal";
    private static final String IMAGE = "turnstone.postgres.image";
    private static final String REUSE = "turnstone.postgres.reuse";
    private static final String ALLOW_CLUSTER_CHANGES = "turnstone.allow-cluster-changes";
    private static final String ENVIRONMENT_URL = "DATABASE_URL";

    /**
     * A server that the user named.
     *
     * @param url the URL of the server
     * @param origin the setting that names it, for example {@code DATABASE_URL}
     */
    public record NamedServer(DatabaseUrl url, String origin) {}

    /** Settings with the defaults for SQLite. */
    public DatabaseSettings(
            PostgresSource source,
            @Nullable NamedServer postgres,
            boolean postgresRequired,
            Keep keep,
            Path directory,
            List<String> notes) {
        this(
                source,
                postgres,
                postgresRequired,
                keep,
                directory,
                notes,
                SqliteSettings.DEFAULT,
                ContainerSettings.DEFAULT,
                false);
    }

    /** Copies the notes. */
    public DatabaseSettings {
        notes = List.copyOf(notes);
    }

    /**
     * Reads the settings that begin with {@code turnstone.}, and {@code DATABASE_URL}. Blank values count as absent.
     *
     * @param property returns a setting's value, or null; for example {@code System::getProperty}
     * @param environment the environment variables, of which {@code DATABASE_URL} is read; for example {@code System.getenv()}
     * @throws InvalidSettingException when a value is not allowed, or the source is {@code url} and no URL is
     *     given
     * @throws dev.turnstone.dialect.InvalidDatabaseUrlException when a PostgreSQL URL is malformed
     */
    public static DatabaseSettings of(Function<String, @Nullable String> property, Map<String, String> environment) {
        List<String> notes = new ArrayList<>();
        PostgresSource source = source(property);
        NamedServer postgres = source == PostgresSource.EMBEDDED || source == PostgresSource.DOCKER
                ? null
                : named(property, environment, notes);
        if (source == PostgresSource.URL && postgres == null) {
            throw InvalidSettingException.unusable(
                    SOURCE,
                    "it is 'url', but no URL of a PostgreSQL server is given. Set " + URL + " or " + ENVIRONMENT_URL
                            + " to one, such as postgresql://user:password@localhost:5432/postgres, or set " + SOURCE
                            + "=embedded." + (notes.isEmpty() ? "" : "\n" + String.join("\n", notes)));
        }
        notes.forEach(LOG::info);
        return new DatabaseSettings(
                source,
                postgres,
                flag(property, REQUIRED),
                keep(property),
                directory(property),
                notes,
                new SqliteSettings(
                        !"false".equals(oneOf(property, SQLITE_FOREIGN_KEYS, "true", "false")),
                        oneOf(property, SQLITE_JOURNAL, "delete", "truncate", "persist", "wal"),
                        sqliteExtension(property)),
                container(property),
                flag(property, ALLOW_CLUSTER_CHANGES));
    }

    private static @Nullable NamedServer named(
            Function<String, @Nullable String> property, Map<String, String> environment, List<String> notes) {
        String set = value(property, URL);
        if (set != null) {
            DatabaseUrl url = DatabaseUrl.parse(set, URL);
            if (!url.dialect().equals(PostgresDialect.INSTANCE.name())) {
                throw InvalidSettingException.unusable(
                        URL, "it names a database of " + url.dialect() + ", which is not a PostgreSQL server.");
            }
            return new NamedServer(url, URL);
        }
        String ambient = value(environment::get, ENVIRONMENT_URL);
        if (ambient == null) {
            return null;
        }
        String dialect = DatabaseUrl.dialectOf(ambient);
        if (!PostgresDialect.INSTANCE.name().equals(dialect)) {
            notes.add(ENVIRONMENT_URL + " is not used: it names "
                    + (dialect == null ? "no PostgreSQL server" : "a database of " + dialect)
                    + ", and tests only use a PostgreSQL server from it. It is not opened.");
            return null;
        }
        return new NamedServer(DatabaseUrl.parse(ambient, ENVIRONMENT_URL), ENVIRONMENT_URL);
    }

    private static PostgresSource source(Function<String, @Nullable String> property) {
        String value = value(property, SOURCE);
        return switch (value == null ? "auto" : value.toLowerCase(Locale.ROOT)) {
            case "auto" -> PostgresSource.AUTO;
            case "url" -> PostgresSource.URL;
            case "embedded" -> PostgresSource.EMBEDDED;
            case "docker" -> PostgresSource.DOCKER;
            default -> throw InvalidSettingException.notOneOf(SOURCE, value + "", "auto, url, docker, embedded");
        };
    }

    private static ContainerSettings container(Function<String, @Nullable String> property) {
        String image = value(property, IMAGE);
        return new ContainerSettings(image == null ? ContainerSettings.DEFAULT.image() : image, flag(property, REUSE));
    }

    /** Returns these settings with PostgreSQL in a container of an image. */
    public DatabaseSettings withContainerOf(String image) {
        return new DatabaseSettings(
                PostgresSource.DOCKER,
                null,
                postgresRequired,
                keep,
                directory,
                notes,
                sqlite,
                new ContainerSettings(image, container.reuse()),
                clusterChangesAllowed);
    }

    private static Keep keep(Function<String, @Nullable String> property) {
        String value = value(property, KEEP);
        return switch (value == null ? "never" : value.toLowerCase(Locale.ROOT)) {
            case "never" -> Keep.NEVER;
            case "failed" -> Keep.FAILED;
            default -> throw InvalidSettingException.notOneOf(KEEP, value + "", "never, failed");
        };
    }

    private static boolean flag(Function<String, @Nullable String> property, String setting) {
        String value = value(property, setting);
        return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSettingException.notOneOf(setting, value + "", "true, false");
        };
    }

    private static Path directory(Function<String, @Nullable String> property) {
        String value = value(property, DIRECTORY);
        try {
            return value == null
                    ? Path.of(System.getProperty("java.io.tmpdir"), "turnstone-" + System.getProperty("user.name"))
                    : Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw InvalidSettingException.unusable(DIRECTORY, "'" + value + "' is not a path: " + e.getReason() + ".");
        }
    }

    /** Returns the names of all settings that {@link #of} reads, except {@code DATABASE_URL}. */
    public static Set<String> names() {
        return Set.of(
                URL,
                SOURCE,
                IMAGE,
                REUSE,
                REQUIRED,
                KEEP,
                DIRECTORY,
                SQLITE_EXTENSION,
                SQLITE_FOREIGN_KEYS,
                SQLITE_JOURNAL,
                ALLOW_CLUSTER_CHANGES);
    }

    private static @Nullable String oneOf(
            Function<String, @Nullable String> property, String setting, String... allowed) {
        String value = value(property, setting);
        if (value != null && !Set.of(allowed).contains(value.toLowerCase(Locale.ROOT))) {
            throw InvalidSettingException.notOneOf(setting, value, String.join(", ", allowed));
        }
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Path sqliteExtension(Function<String, @Nullable String> property) {
        String value = value(property, SQLITE_EXTENSION);
        if (value == null) {
            return null;
        }
        Path file = Path.of(value).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw InvalidSettingException.unusable(SQLITE_EXTENSION, "the file " + file + " does not exist.");
        }
        return file;
    }

    private static @Nullable String value(Function<String, @Nullable String> property, String setting) {
        String value = property.apply(setting);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
