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
            description = "Settings of the project. Default: " + ConfigurationFile.NAME
                    + " in the current directory, if it is there.")
    private @Nullable Path config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database, such as postgresql://app@localhost/shop or sqlite:///shop.db. Default:"
                    + " DATABASE_URL, then url of the configuration.")
    private @Nullable String url;

    @Option(
            names = "--location",
            split = ",",
            paramLabel = "PLACE",
            description = "Where the revisions are: a directory, or classpath:FOLDER; may be repeated. Default:"
                    + " locations of the configuration, then src/main/resources/db/migrations, then db/migrations.")
    private List<String> locations = List.of();

    @Option(
            names = "--class-path",
            split = "[:;]",
            paramLabel = "PATH",
            description = "Directories and jars with revisions in Java, such as target/classes, for classpath:FOLDER.")
    private List<String> classPath = List.of();

    @Option(names = "--version-table", paramLabel = "NAME", description = "Default: turnstone_version.")
    private @Nullable String versionTable;

    @Option(
            names = "--version-table-schema",
            paramLabel = "NAME",
            description = "Default: the schema in which unqualified names are made.")
    private @Nullable String versionTableSchema;

    @Option(
            names = "--allow-non-empty",
            description = "Let the history begin in a schema that already holds something.")
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

    /** The configuration's file, whether it is there or not. */
    Path configurationFile() {
        return config == null ? Path.of(ConfigurationFile.NAME) : config;
    }

    /** All that was told, the flags last. */
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

    /** The revisions, loaded. */
    History history() {
        return History.of(settings(), placeholders);
    }

    /**
     * For commands that only ask. A file of SQLite that is not there is not made: it is read as an empty database, with
     * a note.
     */
    Migrator reader(History history, PrintWriter err) {
        DatabaseUrl database = database();
        if (isMissingFile(database)) {
            err.println("note: there is no file " + database.location() + "; nothing is applied there.");
            err.flush();
            database = DatabaseUrl.parse("sqlite:///:memory:");
        }
        return migrator(database, history, StepListener.NONE, RunSettings.NONE);
    }

    /** The database, or a failure that names the setting with its URL. */
    private DatabaseUrl database() {
        String setting = url != null
                ? "--url"
                : environment("DATABASE_URL") != null ? "DATABASE_URL" : "url of " + configurationFile();
        return DatabaseUrl.parse(settings().requiredUrl(), setting);
    }

    /** Whether SQLite would make the file; where its directory is missing too, SQLite itself refuses. */
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
     * @param flags how revisions are run, as far as this command's flags tell
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
