package dev.turnstone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.format.ImportedRevision;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The JSON objects that the engine's commands print with {@code --json}. */
final class RevisionJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A terminal of another encoding must not turn names and messages into question marks.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private RevisionJson() {}

    /** {@code {"revisions": […]}}. */
    static String revisions(Collection<Revision> revisions, RevisionGraph graph, Set<RevisionId> current) {
        ObjectNode root = MAPPER.createObjectNode();
        add(root.putArray("revisions"), revisions, graph, current);
        return write(root);
    }

    /** {@code {"current": […], "heads": […], "atHeads": true, "revisions": […], "edited": […]}}. */
    static String current(
            Set<RevisionId> rows,
            boolean atHeads,
            List<Revision> tips,
            RevisionGraph graph,
            List<EditedRevision> edited) {
        ObjectNode root = MAPPER.createObjectNode();
        putIds(root, "current", rows);
        putIds(root, "heads", graph.heads());
        root.put("atHeads", atHeads);
        add(root.putArray("revisions"), tips, graph, Set.copyOf(rows));
        ArrayNode array = root.putArray("edited");
        for (EditedRevision each : edited) {
            array.addObject()
                    .put("revision", each.revision().id().value())
                    .put("origin", each.revision().origin())
                    .put("appliedAt", each.appliedAt() == null ? null : String.valueOf(each.appliedAt()))
                    .put("recorded", each.recorded())
                    .put("present", each.present());
        }
        return write(root);
    }

    /** {@code {"steps": [{"revision": …, "direction": …, "message": …}], "current": […]}}. */
    static String steps(List<Step> steps, Set<RevisionId> current) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode array = root.putArray("steps");
        for (Step step : steps) {
            array.addObject()
                    .put("revision", step.revision().id().value())
                    .put("direction", step.direction().name().toLowerCase(Locale.ROOT))
                    .put("message", step.revision().message());
        }
        putIds(root, "current", current);
        return write(root);
    }

    /** {@code {"directory": …, "format": …, "revisions": [{"version": …, "revision": …, "file": …}]}}. */
    static String imported(String directory, String format, List<ImportedRevision> revisions) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("directory", directory).put("format", format);
        ArrayNode array = root.putArray("revisions");
        for (ImportedRevision each : revisions) {
            array.addObject()
                    .put("version", each.version())
                    .put("revision", each.id().value())
                    .put("file", each.fileName());
        }
        return write(root);
    }

    /** Names and their values. */
    static String facts(Map<String, String> facts) {
        ObjectNode root = MAPPER.createObjectNode();
        facts.forEach(root::put);
        return write(root);
    }

    private static void add(
            ArrayNode array, Collection<Revision> revisions, RevisionGraph graph, Set<RevisionId> current) {
        Set<RevisionId> heads = graph.heads();
        for (Revision revision : revisions) {
            ObjectNode node = array.addObject();
            node.put("id", revision.id().value());
            putIds(node, "parents", revision.parents());
            ArrayNode dependsOn = node.putArray("dependsOn");
            revision.dependsOn().forEach(dependsOn::add);
            ArrayNode labels = node.putArray("labels");
            revision.labels().forEach(labels::add);
            node.put("message", revision.message());
            node.put("created", revision.created() == null ? null : String.valueOf(revision.created()));
            node.put("origin", revision.origin());
            node.put("head", heads.contains(revision.id()));
            node.put("branchPoint", graph.childrenOf(revision.id()).size() > 1);
            node.put("current", current.contains(revision.id()));
        }
    }

    private static void putIds(ObjectNode node, String name, Collection<RevisionId> ids) {
        ArrayNode array = node.putArray(name);
        ids.stream().map(RevisionId::value).forEach(array::add);
    }

    private static String write(ObjectNode root) {
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of strings and numbers can be written.", e);
        }
    }
}
