package dev.turnstone.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call of the command came to.
 *
 * @param status its exit status
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record CommandLineRun(int status, String out, String err) {

    static CommandLineRun of(String... arguments) {
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = Turnstone.run(arguments);
            return new CommandLineRun(
                    status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    /** Standard output as the one JSON object that it must be. */
    JsonNode json() {
        ObjectMapper mapper = new ObjectMapper();
        try (JsonParser parser = mapper.createParser(out)) {
            JsonNode first = mapper.readTree(parser);
            if (first == null || !first.isObject() || parser.nextToken() != null) {
                throw new AssertionError("Not one JSON object:\n" + out);
            }
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON:\n" + out, e);
        }
    }

    /** Scenario, dialect, revision, class, object and severity of each finding. */
    List<String> findings() {
        return inShort(json().path("findings"));
    }

    static List<String> inShort(JsonNode findings) {
        List<String> texts = new ArrayList<>();
        findings.forEach(f -> texts.add(String.join(
                " ",
                f.path("scenario").asText(),
                f.path("dialect").asText(),
                f.path("revision").asText(),
                f.path("class").asText(),
                f.path("object").path("kind").asText(),
                f.path("object").path("name").asText(),
                f.path("severity").asText())));
        return texts;
    }
}
