package dev.turnstone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.turnstone.scenario.PolicySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file {@value #NAME}: settings that a project keeps with its sources. Paths in it are relative to its directory. */
final class ConfigurationFile {

    static final String NAME = "turnstone.toml";

    private static final String POLICIES = "policies";

    private static final List<String> KEYS = List.of(
            "url",
            "locations",
            "class-path",
            "version-table",
            "version-table-schema",
            "allow-non-empty",
            "file-name-template",
            "format",
            "transaction",
            "lock-timeout",
            "statement-timeout",
            "lock-attempts",
            "refuse-edited",
            POLICIES);

    private final Path file;
    private final JsonNode root;

    private ConfigurationFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws BadOptionException when it cannot be read, or something in it is not understood
     */
    static EngineSettings read(Path file) {
        return of(file).settings();
    }

    /**
     * Reads which policies hold, from the table {@code [policies]}.
     *
     * @throws BadOptionException when the file cannot be read, or something in it is not understood
     */
    static PolicySettings policies(Path file) {
        ConfigurationFile configuration = of(file);
        configuration.settings();
        return configuration.policies();
    }

    private static ConfigurationFile of(Path file) {
        JsonNode root;
        try {
            root = new TomlMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new BadOptionException(
                    file + ":" + e.getLocation().getLineNr() + " is no TOML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadOptionException("The file " + file + " cannot be read: " + e.getMessage());
        }
        return new ConfigurationFile(file, root);
    }

    private EngineSettings settings() {
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw unknown(entry.getKey());
            }
        }
        policies();
        return new EngineSettings(
                text("url"),
                texts("locations").stream().map(this::located).toList(),
                texts("class-path").stream().map(this::located).toList(),
                text("version-table"),
                text("version-table-schema"),
                flag("allow-non-empty"),
                text("file-name-template"),
                text("format"),
                new RunSettings(
                        text("transaction"),
                        text("lock-timeout"),
                        text("statement-timeout"),
                        number("lock-attempts"),
                        flag("refuse-edited")));
    }

    private PolicySettings policies() {
        PolicySettings settings = PolicySettings.USUAL;
        JsonNode table = root.get(POLICIES);
        if (table == null) {
            return settings;
        }
        if (!table.isObject()) {
            throw wrong(POLICIES, table, "a table, such as [policies] and below it naming = \"error\"");
        }
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            try {
                settings = settings.with(
                        entry.getKey(),
                        entry.getValue().isTextual()
                                ? entry.getValue().textValue()
                                : entry.getValue().toString());
            } catch (IllegalArgumentException e) {
                throw new BadOptionException(file + ", [policies]: " + e.getMessage());
            }
        }
        return settings;
    }

    private BadOptionException unknown(String key) {
        String closest = KEYS.stream()
                .min(Comparator.comparingInt(known -> Spelling.distance(key, known)))
                .orElseThrow();
        return new BadOptionException(file + " has an unknown key '" + key + "'. Closest match: '" + closest
                + "'. Known keys: " + String.join(", ", KEYS) + ".");
    }

    private @Nullable String text(String key) {
        JsonNode value = root.get(key);
        if (value != null && !value.isTextual()) {
            throw wrong(key, value, "a string, such as " + key + " = \"…\"");
        }
        return value == null ? null : value.textValue();
    }

    private @Nullable Boolean flag(String key) {
        JsonNode value = root.get(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    private @Nullable Integer number(String key) {
        JsonNode value = root.get(key);
        if (value != null && !value.canConvertToInt()) {
            throw wrong(key, value, "a whole number");
        }
        return value == null ? null : value.intValue();
    }

    private List<String> texts(String key) {
        JsonNode value = root.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrong(key, value, "a list of strings, such as " + key + " = [\"…\"]");
            }
            texts.add(element.textValue());
        }
        if (!value.isArray()) {
            throw wrong(key, value, "a list of strings, such as " + key + " = [\"…\"]");
        }
        return texts;
    }

    private BadOptionException wrong(String key, JsonNode value, String wanted) {
        return new BadOptionException(file + ": '" + key + "' is " + wanted + ", not " + value + ".");
    }

    private String located(String place) {
        if (place.startsWith("classpath:") || place.startsWith("file:")) {
            return place;
        }
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? place : relativeToHere(parent.resolve(place).normalize());
    }

    /** Short where that is possible, because messages name it. */
    private static String relativeToHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here)
                ? here.relativize(path).toString()
                : path.toString();
    }
}
