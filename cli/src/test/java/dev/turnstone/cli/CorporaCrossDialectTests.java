package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Other people's histories that exist on both dialects: every difference that was measured at their heads is found. They
 * are not part of this project: docs/measurements/corpora.md says where they are from, and what the three properties name.
 */
@Tag("corpora")
class CorporaCrossDialectTests {

    private static final String TRUTH = System.getProperty("turnstone.corpora", "");
    private static final String HISTORIES = System.getProperty("turnstone.corpora.histories", TRUTH);
    /** Functions that the application of one of them brings. */
    private static final String EXTENSION = System.getProperty("turnstone.corpora.sqlite-extension", "");

    private static final String NEEDS_EXTENSION = "authelia";

    /** Told as of SQLite alone, yet both servers have them: see docs/measurements/corpora.md. */
    private static final Set<String> ON_BOTH =
            Set.of("oauth2_consent_session_challenge_id_key", "user_opaque_identifier_identifier_key");

    private static final Map<String, String> BEFORE =
            Map.of("chirpstack", "CREATE EXTENSION pg_trgm; CREATE EXTENSION hstore;");

    private static final Set<String> INDEXES = Set.of("index", "unique", "primary-key");

    private final List<String> notFound = new ArrayList<>();
    private int checked;

    @Test
    void everyMeasuredDifferenceIsFound() throws IOException {
        assumeTrue(!TRUTH.isEmpty(), "The lane 'corpora' is skipped: -Dturnstone.corpora names no folder.");
        JsonNode measured =
                new ObjectMapper().readTree(Path.of(TRUTH, "cross-dialect.json").toFile());
        Map<String, Path> folders = folders();
        List<String> left = new ArrayList<>();
        Map<String, Integer> faults = new TreeMap<>();
        for (Map.Entry<String, JsonNode> history : measured.properties()) {
            String name = history.getKey();
            if (name.equals(NEEDS_EXTENSION) && EXTENSION.isEmpty()) {
                left.add(name);
                continue;
            }
            List<JsonNode> findings = findings(name, folders);
            faults.put(name, findings.size());
            check(name, history.getValue(), findings);
        }
        System.out.println(
                "corpora: looked for " + checked + " measured differences between the dialects; found so many"
                        + " in all: " + faults + (left.isEmpty() ? "" : "; left out " + left));
        assertThat(checked).isPositive();
        assertThat(notFound).isEmpty();
    }

    /** By {@code name_dialect}. */
    private static Map<String, Path> folders() throws IOException {
        Map<String, Path> folders = new HashMap<>();
        for (JsonNode each :
                new ObjectMapper().readTree(Path.of(TRUTH, "truth.json").toFile())) {
            String key = each.path("key").asText().replace(':', '_');
            folders.put(key, Path.of(HISTORIES, key, each.path("path").asText()));
        }
        return folders;
    }

    private static List<JsonNode> findings(String name, Map<String, Path> folders) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--json", "--scenario", "cross-dialect"));
        for (String dialect : List.of("sqlite", "postgres")) {
            Path folder = folders.get(name + "_" + dialect);
            assertThat(folder).as("%s, %s", name, dialect).isDirectory();
            arguments.addAll(
                    List.of("--dialect", (dialect.equals("postgres") ? "postgresql" : dialect) + "=" + folder));
        }
        if (name.equals(NEEDS_EXTENSION)) {
            arguments.addAll(List.of("--sqlite-extension", EXTENSION));
        }
        if (BEFORE.containsKey(name)) {
            arguments.addAll(List.of("--before", before(name).toString()));
        }
        JsonNode result = CommandLineRun.of(arguments.toArray(String[]::new)).json();
        assertThat(result.path("skipped"))
                .as(name + ": " + result.path("error"))
                .isEmpty();
        return StreamSupport.stream(result.path("findings").spliterator(), false)
                .toList();
    }

    private static Path before(String name) {
        try {
            Path folder = Files.createTempDirectory("turnstone-corpora");
            Files.writeString(folder.resolve("before.postgresql.sql"), BEFORE.getOrDefault(name, ""));
            Files.writeString(folder.resolve("before.sqlite.sql"), "SELECT 1;");
            return folder.resolve("before.sql");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void check(String name, JsonNode measured, List<JsonNode> findings) {
        look(name, measured, "only_pg", findings, Set.of("table"), "PostgreSQL");
        look(name, measured, "only_sqlite", findings, Set.of("table"), "SQLite");
        look(name, measured, "cols_only_pg", findings, Set.of("column"), "PostgreSQL");
        look(name, measured, "cols_only_sqlite", findings, Set.of("column"), "SQLite");
        look(name, measured, "idx_only_pg", findings, INDEXES, "PostgreSQL");
        look(name, measured, "idx_only_sqlite", findings, INDEXES, "SQLite");
        for (JsonNode each : measured.path("null_diff")) {
            String text = each.asText();
            String state = text.endsWith("True") ? "not null on PostgreSQL" : "nullable on PostgreSQL";
            expect(name, findings, Set.of("column"), text.substring(0, text.indexOf(' ')), state);
        }
    }

    private void look(
            String history, JsonNode measured, String field, List<JsonNode> findings, Set<String> kinds, String on) {
        for (JsonNode each : measured.path(field)) {
            if (!ON_BOTH.contains(each.asText())) {
                expect(history, findings, kinds, each.asText(), "on " + on);
            }
        }
    }

    private void expect(String history, List<JsonNode> findings, Set<String> kinds, String object, String says) {
        checked++;
        boolean found = findings.stream().anyMatch(finding -> {
            String name = finding.path("object").path("name").asText();
            return kinds.contains(finding.path("object").path("kind").asText())
                    && (name.equals(object) || name.endsWith("." + object))
                    && (finding.path("message").asText().contains(says)
                            || finding.path("message")
                                    .asText()
                                    .contains(says.replaceFirst("^on ", "of ") + " has no counterpart"));
        });
        if (!found) {
            notFound.add(history + ": " + object + " " + says);
        }
    }
}
