package dev.turnstone.scenario;

import dev.turnstone.format.MigrationFiles;
import dev.turnstone.source.Format;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The location of a history for another process with the same class path.
 *
 * @param locations locations in the syntax of {@link RevisionSources#parse}; a single directory if a format is given
 * @param format the format of the directory, or null for Turnstone's own format in any location
 * @param placeholders values for placeholders, by name
 */
public record HistoryPlace(List<String> locations, @Nullable Format format, Map<String, String> placeholders) {

    private static final String LOCATION = "location.";
    private static final String PLACEHOLDER = "placeholder.";
    private static final String FORMAT = "format";

    public HistoryPlace {
        locations = List.copyOf(locations);
        placeholders = Map.copyOf(placeholders);
    }

    /** Loads the history. */
    public Scripts load(ClassLoader classes) {
        Format written = format;
        return written != null
                ? Scripts.load(List.of(MigrationFiles.in(Path.of(locations.get(0)), written, placeholders)))
                : Scripts.load(locations.stream()
                        .map(location -> RevisionSources.parse(location, classes))
                        .toList());
    }

    public void write(Properties into) {
        for (int i = 0; i < locations.size(); i++) {
            into.setProperty(LOCATION + i, locations.get(i));
        }
        if (format != null) {
            into.setProperty(FORMAT, format.name());
        }
        placeholders.forEach((name, value) -> into.setProperty(PLACEHOLDER + name, value));
    }

    public static HistoryPlace read(Properties from) {
        List<String> locations = new ArrayList<>();
        for (int i = 0; from.getProperty(LOCATION + i) != null; i++) {
            locations.add(from.getProperty(LOCATION + i));
        }
        Map<String, String> placeholders = new LinkedHashMap<>();
        from.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PLACEHOLDER))
                .forEach(name -> placeholders.put(name.substring(PLACEHOLDER.length()), from.getProperty(name)));
        String format = from.getProperty(FORMAT);
        return new HistoryPlace(locations, format == null ? null : Format.valueOf(format), placeholders);
    }
}
