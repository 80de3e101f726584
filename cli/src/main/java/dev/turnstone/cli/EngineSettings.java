package dev.turnstone.cli;

import dev.turnstone.history.VersionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's commands are told from outside: by a file, by the environment, by flags. A null or empty component
 * was not told.
 *
 * @param url the database
 * @param locations where the revisions are
 * @param classPath directories and jars that hold revisions in Java
 * @param versionTable the version table's name
 * @param versionTableSchema its schema
 * @param allowNonEmpty whether a history may begin in a schema that already holds something
 * @param fileNames how files of revisions are named
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

    /** Where revisions are looked for when no one says otherwise; the first that is there. */
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

    /** These settings, with those of {@code stronger} in their place where it has any. */
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
     * The database.
     *
     * @throws BadOptionException when none is named
     */
    String requiredUrl() {
        if (url == null) {
            throw new BadOptionException(
                    "No database is named. Say --url URL, set DATABASE_URL, or write url = \"…\" in "
                            + ConfigurationFile.NAME
                            + ", for example postgresql://app@localhost/shop or sqlite:///shop.db.");
        }
        return url;
    }

    /**
     * Where the revisions are.
     *
     * @throws BadOptionException when no one says so, and there is none of the usual directories
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
                        + Path.of("").toAbsolutePath() + ". Say --location DIR, write locations = [\"DIR\"] in "
                        + ConfigurationFile.NAME + ", or begin with 'turnstone init'."));
    }

    String versionTableOrDefault() {
        return versionTable == null ? VersionTable.DEFAULT_NAME : versionTable;
    }
}
