package dev.turnstone.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The recorded results of Alembic: one graph per line. */
final class AlembicGoldens {

    private AlembicGoldens() {}

    /** Reads the file named by {@code -Dturnstone.goldens}, or else both test resources. */
    static List<Golden> read() throws IOException {
        String path = System.getProperty("turnstone.goldens", "");
        if (!path.isEmpty()) {
            return goldens(
                    Files.readString(Path.of(path)), Path.of(path).getFileName().toString());
        }
        List<Golden> all = new ArrayList<>(goldens(resource("graphs.jsonl"), "graphs.jsonl"));
        all.addAll(goldens(resource("edges.jsonl"), "edges.jsonl"));
        return all;
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = AlembicGoldens.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no test resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Golden> goldens(String lines, String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Golden> goldens = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            if (!line.isBlank()) {
                goldens.add(new Golden(file, mapper.readTree(line)));
            }
        }
        return goldens;
    }

    /** One graph and the results of all operations on it. */
    record Golden(String file, JsonNode json) {

        String name() {
            return file + " " + json.get("id").asText();
        }

        List<JsonNode> results() {
            List<JsonNode> results = new ArrayList<>();
            json.get("results").forEach(results::add);
            return results;
        }

        /** Returns the graph. Throws the exception of the validation if the graph is invalid. */
        RevisionGraph graph() {
            List<Revision> revisions = new ArrayList<>();
            for (JsonNode node : json.get("graph")) {
                revisions.add(new Revision(
                        RevisionId.of(node.get("rev").asText()),
                        texts(node.path("down")).stream().map(RevisionId::of).toList(),
                        texts(node.path("deps")),
                        Set.copyOf(texts(node.path("labels"))),
                        "",
                        null,
                        node.get("rev").asText() + ".py"));
            }
            return RevisionGraph.of(revisions);
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            if (!each.isNull() && !each.asText().equals("base")) { // both mean no revision
                texts.add(each.asText());
            }
        }
        return texts;
    }

    static Set<RevisionId> ids(JsonNode array) {
        Set<RevisionId> ids = new TreeSet<>();
        array.forEach(each -> ids.add(RevisionId.spelled(each.asText())));
        return ids;
    }
}
