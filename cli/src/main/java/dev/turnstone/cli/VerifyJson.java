package dev.turnstone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.turnstone.report.HistoryReport;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Skipped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object that {@code verify --json} prints. */
final class VerifyJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A terminal of another encoding must not turn names and messages into question marks.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private VerifyJson() {}

    /**
     * Returns the object of a complete run.
     *
     * @param failure the failure of the end of the run, as the member {@code error}; null if there was none
     */
    static String of(HistoryReport report, List<String> dialects, @Nullable Failure failure) {
        ObjectNode root = MAPPER.createObjectNode();
        if (failure != null) {
            addError(root, failure.kind(), failure.message());
        }
        root.put("format", report.format());
        ArrayNode names = root.putArray("dialects");
        dialects.forEach(names::add);
        root.put("server", String.join("; ", report.servers()));
        root.put("revisions", report.revisions());
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> add(findings.addObject(), finding));
        ArrayNode skipped = root.putArray("skipped");
        report.skipped().forEach(skip -> add(skipped.addObject(), skip));
        return write(root);
    }

    private static void add(ObjectNode node, Finding finding) {
        node.put("scenario", finding.scenario());
        node.put("dialect", finding.dialect());
        node.put("revision", orNull(finding.revision()));
        node.put("class", finding.findingClass().label());
        ObjectNode object = node.putObject("object");
        object.put("kind", finding.object().kind().label());
        object.put("name", finding.object().name());
        node.put("severity", finding.severity().label());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
    }

    private static void add(ObjectNode node, Skipped skipped) {
        node.put("scenario", skipped.scenario());
        node.put("dialect", skipped.dialect());
        node.put("revision", orNull(skipped.revision()));
        node.put("reason", skipped.reason());
    }

    static String error(String kind, String message) {
        ObjectNode root = MAPPER.createObjectNode();
        addError(root, kind, message);
        return write(root);
    }

    private static void addError(ObjectNode root, String kind, String message) {
        ObjectNode error = root.putObject("error");
        error.put("kind", kind);
        error.put("message", message);
    }

    private static @Nullable String orNull(@Nullable RevisionId id) {
        return id == null ? null : id.value();
    }

    private static String write(ObjectNode root) {
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of strings and numbers can be written.", e);
        }
    }
}
