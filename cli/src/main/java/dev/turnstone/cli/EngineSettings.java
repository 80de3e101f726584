package dev.turnstone.cli;

import dev.turnstone.history.VersionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the engine's commands from the configuration file, the environment and the options. A null or empty
 * component is not set.
 *
 * @param url the URL of the database
 * @param locations the locations of the revisions
 * @param classPath directories and jars that contain Java revisions
 * @param versionTable the version table's name
 * @param versionTableSchema the version table's schema
 * @param allowNonEmpty whether the first upgrade may run in a schema that is not empty
 * @param fileNames the template for names of revision files
 * @param format the format of the revisions
 * @param run how revisions are run
 */
record EngineSettings(
        @Nullable String url,
        List<String> locations,
        List<String> classPath,
        @Nullable String versionTable,
        @Nullable String versionTableSchema,
        @Nullable Boolean allowNonEmpty,
        @Nullable String fileNames,
        @Nullable String format,
        RunSettings run) {

    static final EngineSettings NONE =
            new EngineSettings(null, List.of(), List.of(), null, null, null, null, null, RunSettings.NONE);

    /** The default locations; the first one that exists is used. */
    static final List<String> USUAL_LOCATIONS = List.of("src/main/resources/db/migrations", "db/migrations");

    EngineSettings {
        locations = List.copyOf(locations);
        classPath = List.copyOf(classPath);
    }

    static EngineSettings ofEnvironment(Map<String, String> environment) {
        String url = environment.get("DATABASE_URL");
        return new EngineSettings(
                url == null || url.isBlank() ? null : url,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                RunSettings.NONE);
    }

    /** Returns these settings, overridden by those that {@code stronger} sets. */
    EngineSettings overriddenBy(EngineSettings stronger) {
        return new EngineSettings(
                first(stronger.url, url),
                stronger.locations.isEmpty() ? locations : stronger.locations,
                stronger.classPath.isEmpty() ? classPath : stronger.classPath,
                first(stronger.versionTable, versionTable),
                first(stronger.versionTableSchema, versionTableSchema),
                first(stronger.allowNonEmpty, allowNonEmpty),
                first(stronger.fileNames, fileNames),
                first(stronger.format, format),
                run.overriddenBy(stronger.run));
    }

    static <T> @Nullable T first(@Nullable T stronger, @Nullable T weaker) {
        return stronger != null ? stronger : weaker;
    }

    /**
     * Returns the URL of the database.
     *
     * @throws BadOptionException when no database is set
     */
    String requiredUrl() {
        if (url == null) {
            throw new BadOptionException(
                    "No database is named. Pass --url URL, set DATABASE_URL, or write url = \"…\" in "
                            + ConfigurationFile.NAME
                            + ", for example postgresql://app@localhost/shop or sqlite:///shop.db.");
        }
        return url;
    }

    /**
     * Returns the locations of the revisions.
     *
     * @throws BadOptionException when no location is set and no default location exists
     */
    List<String> requiredLocations() {
        if (!locations.isEmpty()) {
            return locations;
        }
        return USUAL_LOCATIONS.stream()
                .filter(usual -> Files.isDirectory(Path.of(usual)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new BadOptionException("No revisions are found: there is no "
                        + String.join(" and no ", USUAL_LOCATIONS) + " in "
                        + Path.of("").toAbsolutePath() + ". Pass --location DIR, write locations = [\"DIR\"] in "
                        + ConfigurationFile.NAME + ", or run 'turnstone init'."));
    }

    String versionTableOrDefault() {
        return versionTable == null ? VersionTable.DEFAULT_NAME : versionTable;
    }
}
