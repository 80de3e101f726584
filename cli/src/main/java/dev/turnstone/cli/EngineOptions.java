package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.StepListener;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all commands of the engine share. */
final class EngineOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file. Default: " + ConfigurationFile.NAME
                    + " in the current directory, if it exists.")
    private @Nullable Path config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The URL of the database, such as postgresql://app@localhost/shop or sqlite:///shop.db. Default:"
                            + " DATABASE_URL, then url of the configuration.")
    private @Nullable String url;

    @Option(
            names = "--location",
            split = ",",
            paramLabel = "PLACE",
            description = "A location of revisions: a directory, or classpath:FOLDER; may be repeated. Default:"
                    + " locations of the configuration, then src/main/resources/db/migrations, then db/migrations.")
    private List<String> locations = List.of();

    @Option(
            names = "--class-path",
            split = "[:;]",
            paramLabel = "PATH",
            description =
                    "The directories and jars that contain Java revisions, such as target/classes, for classpath:FOLDER.")
    private List<String> classPath = List.of();

    @Option(
            names = "--version-table",
            paramLabel = "NAME",
            description = "The name of the version table. Default: turnstone_version.")
    private @Nullable String versionTable;

    @Option(
            names = "--version-table-schema",
            paramLabel = "NAME",
            description = "The schema of the version table. Default: the current schema.")
    private @Nullable String versionTableSchema;

    @Option(names = "--allow-non-empty", description = "Allow the first upgrade in a schema that is not empty.")
    private @Nullable Boolean allowNonEmpty;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "The format of the revisions: turnstone (default), auto, or another tool's, as for verify.")
    private @Nullable String format;

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description =
                    "With --format: a value for a placeholder of Flyway, a property of Liquibase, or a variable of"
                            + " goose.")
    private Map<String, String> placeholders = Map.of();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    private Map<String, String> environment = Map.of();

    void readEnvironment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    @Nullable
    String environment(String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? null : value;
    }

    boolean json() {
        return json;
    }

    /** Returns the path of the configuration file, which may not exist. */
    Path configurationFile() {
        return config == null ? Path.of(ConfigurationFile.NAME) : config;
    }

    /** Returns the settings of the file, the environment and the options; options have precedence. */
    EngineSettings settings() {
        boolean read = config != null || Files.isRegularFile(configurationFile());
        return (read ? ConfigurationFile.read(configurationFile()) : EngineSettings.NONE)
                .overriddenBy(EngineSettings.ofEnvironment(environment))
                .overriddenBy(new EngineSettings(
                        url,
                        locations,
                        classPath,
                        versionTable,
                        versionTableSchema,
                        allowNonEmpty,
                        null,
                        format,
                        RunSettings.NONE));
    }

    /** Loads the revisions. */
    History history() {
        return History.of(settings(), placeholders);
    }

    /**
     * Opens the database for a command that only reads. An SQLite file that does not exist is not created: an empty
     * database is read in its place, and a note is printed.
     */
    Migrator reader(History history, PrintWriter err) {
        DatabaseUrl database = database();
        if (isMissingFile(database)) {
            err.println("note: the file " + database.location() + " does not exist; no revision is applied.");
            err.flush();
            database = DatabaseUrl.parse("sqlite:///:memory:");
        }
        return migrator(database, history, StepListener.NONE, RunSettings.NONE);
    }

    /** Opens the database. A failure names the setting that contains the URL. */
    private DatabaseUrl database() {
        String setting = url != null
                ? "--url"
                : environment("DATABASE_URL") != null ? "DATABASE_URL" : "url of " + configurationFile();
        return DatabaseUrl.parse(settings().requiredUrl(), setting);
    }

    /** Returns whether SQLite would create the file. If its directory is missing too, SQLite itself reports an error. */
    private static boolean isMissingFile(DatabaseUrl database) {
        String location = database.location();
        if (!Dialects.named(database.dialect()).storesDatabaseInFile()
                || location.isEmpty()
                || location.matches("(:|file:|resource:).*")) {
            return false;
        }
        Path file = Path.of(location).toAbsolutePath();
        Path directory = file.getParent();
        return Files.notExists(file) && directory != null && Files.isDirectory(directory);
    }

    /**
     * @param flags the options of this command about how revisions are run
     */
    Migrator migrator(History history, StepListener listener, RunSettings flags) {
        return migrator(database(), history, listener, flags);
    }

    private Migrator migrator(DatabaseUrl database, History history, StepListener listener, RunSettings flags) {
        EngineSettings settings = settings();
        Migrator migrator = Migrator.of(database.dataSource(), history.scripts())
                .withVersionTable(settings.versionTableOrDefault())
                .withVersionTableSchema(settings.versionTableSchema())
                .withListener(listener)
                .with(settings.run().overriddenBy(flags).options());
        return Boolean.TRUE.equals(settings.allowNonEmpty()) ? migrator.allowNonEmpty() : migrator;
    }
}
