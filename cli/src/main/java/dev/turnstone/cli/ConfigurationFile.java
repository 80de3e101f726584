package dev.turnstone.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Selection;
import dev.turnstone.snapshot.LogicalRules;
import dev.turnstone.source.EditDistance;
import dev.turnstone.source.FileNameTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The file {@value #NAME}: settings that a project keeps with its sources. Paths in it are relative to its directory. */
final class ConfigurationFile {

    static final String NAME = "turnstone.toml";

    private static final String POLICIES = "policies";
    private static final String NAMES = "names";
    private static final String VERIFY = "verify";
    private static final String CROSS_DIALECT = "cross-dialect";
    private static final String EXCEPT = "except";
    private static final String SKIP = "skip";
    private static final String SEED = "seed";

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
            VERIFY,
            CROSS_DIALECT,
            POLICIES);

    private final Path file;
    private final JsonNode root;

    private ConfigurationFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads the file.
     *
     * @throws BadOptionException when it cannot be read, or a key or value in it is invalid
     */
    static EngineSettings read(Path file) {
        return of(file).settings();
    }

    /**
     * Reads the settings of {@code verify} from the tables {@code [policies]} and {@code [verify]}.
     *
     * @throws BadOptionException when the file cannot be read, or a key or value in it is invalid
     */
    static ProjectSettings project(Path file) {
        ConfigurationFile configuration = of(file);
        configuration.settings();
        return configuration.project();
    }

    private static ConfigurationFile of(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw UnreadableFile.of("The configuration " + file, file, e);
        }
        try {
            return new ConfigurationFile(file, new TomlMapper().readTree(text));
        } catch (JsonProcessingException e) {
            @Nullable JsonLocation location = e.getLocation();
            int line = location == null ? lineOfLimit(text) : location.getLineNr();
            throw new BadOptionException(file + ":" + line + " is not valid TOML: " + e.getOriginalMessage());
        }
    }

    /** Finds the line that exceeds a limit of the parser, such as its nesting depth. The parser does not report the line. */
    private static int lineOfLimit(String text) {
        List<String> lines = text.lines().toList();
        int within = 0;
        int beyond = lines.size();
        while (beyond - within > 1) {
            int middle = (within + beyond) >>> 1;
            if (isBeyondLimit(String.join("\n", lines.subList(0, middle)))) {
                beyond = middle;
            } else {
                within = middle;
            }
        }
        return beyond;
    }

    private static boolean isBeyondLimit(String text) {
        try {
            new TomlMapper().readTree(text);
            return false;
        } catch (JsonProcessingException e) {
            @Nullable JsonLocation location = e.getLocation();
            return location == null;
        }
    }

    private EngineSettings settings() {
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw unknown(entry.getKey());
            }
        }
        project();
        return new EngineSettings(
                text("url"),
                texts("locations").stream().map(this::located).toList(),
                texts("class-path").stream().map(this::located).toList(),
                text("version-table"),
                text("version-table-schema"),
                flag("allow-non-empty"),
                text("file-name-template"),
                text("format"),
                run());
    }

    private RunSettings run() {
        return new RunSettings(
                text("transaction"),
                text("lock-timeout"),
                text("statement-timeout"),
                number("lock-attempts"),
                flag("refuse-edited"));
    }

    private ProjectSettings project() {
        return new ProjectSettings(policies(), run(), selection(), rules(), seeds());
    }

    private List<OwnRows> seeds() {
        List<OwnRows> seeds = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : table(root.path(VERIFY), SEED)) {
            Iterable<JsonNode> files = entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue());
            for (JsonNode place : files) {
                if (!place.isTextual()) {
                    throw wrong(
                            SEED, place, "a file for each revision, or a list of them, such as c41d = [\"jobs.csv\"]");
                }
                seeds.add(OwnRows.ofFile(
                        entry.getKey(), located(place.textValue()), ConfigurationFile.class.getClassLoader()));
            }
        }
        return seeds;
    }

    private PolicySettings policies() {
        PolicySettings settings = PolicySettings.USUAL;
        String template = text("file-name-template");
        if (template != null) {
            settings = settings.with(FileNameTemplate.parse(template));
        }
        for (Map.Entry<String, JsonNode> entry : table(root, POLICIES)) {
            try {
                if (entry.getKey().equals(NAMES)) {
                    for (Map.Entry<String, JsonNode> name : table(root.path(POLICIES), NAMES)) {
                        settings = settings.with(NAMES + "." + name.getKey(), words(name.getValue()));
                    }
                } else {
                    settings = settings.with(entry.getKey(), words(entry.getValue()));
                }
            } catch (IllegalArgumentException e) {
                throw new BadOptionException(file + ", [policies]: " + e.getMessage());
            }
        }
        return settings;
    }

    private Selection selection() {
        Selection selection = Selection.ALL;
        for (Map.Entry<String, JsonNode> entry : table(root, VERIFY)) {
            switch (entry.getKey()) {
                case "min-downgrade" -> selection = selection.withMinimumDowngrade(words(entry.getValue()));
                case SKIP -> {
                    for (Map.Entry<String, JsonNode> skip : table(root.path(VERIFY), SKIP)) {
                        selection = skipped(selection, skip.getKey(), words(skip.getValue()));
                    }
                }
                case SEED -> {
                    // Read separately.
                }
                default ->
                    throw new BadOptionException(file + ", [verify] has no key '" + entry.getKey()
                            + "'. Known keys: min-downgrade, seed, skip.");
            }
        }
        return selection;
    }

    private LogicalRules rules() {
        LogicalRules rules = LogicalRules.standard();
        for (Map.Entry<String, JsonNode> entry : table(root, CROSS_DIALECT)) {
            try {
                switch (entry.getKey()) {
                    case "strictness" -> rules = rules.with(LogicalRules.Strictness.named(words(entry.getValue())));
                    case EXCEPT -> {
                        for (Map.Entry<String, JsonNode> exception : table(root.path(CROSS_DIALECT), EXCEPT)) {
                            rules = rules.with(
                                    LogicalRules.Except.parse(exception.getKey(), words(exception.getValue())));
                        }
                    }
                    default ->
                        throw new IllegalArgumentException(
                                "it has no key '" + entry.getKey() + "'. Known keys: strictness, except.");
                }
            } catch (IllegalArgumentException e) {
                throw new BadOptionException(file + ", [cross-dialect]: " + e.getMessage());
            }
        }
        return rules;
    }

    private Selection skipped(Selection selection, String revision, String reason) {
        try {
            return selection.withSkipped(revision, reason);
        } catch (IllegalArgumentException e) {
            throw new BadOptionException(file + ", [verify.skip]: " + e.getMessage());
        }
    }

    private Collection<Map.Entry<String, JsonNode>> table(JsonNode holder, String name) {
        JsonNode table = holder.path(name);
        if (!table.isMissingNode() && !table.isObject()) {
            throw wrong(name, table, "a table of keys and values");
        }
        return table.properties();
    }

    /** Returns a string, or a list of strings joined by commas. Any other value is returned as TOML text, which is then refused. */
    private static String words(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(ConfigurationFile::words)
                    .collect(Collectors.joining(","));
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private BadOptionException unknown(String key) {
        String closest = KEYS.stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(key, known)))
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

    /** Returns the relative path if there is one, because messages contain it. */
    private static String relativeToHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here)
                ? here.relativize(path).toString()
                : path.toString();
    }
}
