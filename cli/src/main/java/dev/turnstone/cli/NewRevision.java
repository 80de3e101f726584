package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.FileNameTemplate;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A revision whose file is still to be written.
 *
 * @param revision its header
 */
record NewRevision(Revision revision) {

    private static final int ID_BYTES = 6;

    /**
     * Creates a revision that can be added to a history.
     *
     * @param id null for 12 hexadecimal digits
     * @throws dev.turnstone.error.TurnstoneException when its id or label is in use, or a dependency
     *     does not exist
     */
    static NewRevision in(
            RevisionGraph graph,
            @Nullable String id,
            List<RevisionId> parents,
            List<String> dependsOn,
            List<String> labels,
            String message) {
        if (message.lines().count() > 1) {
            throw new BadOptionException("The message must be one line; '"
                    + message.lines().findFirst().orElse("") + "' is followed by another line. Nothing was written.");
        }
        Revision revision = new Revision(
                id == null ? randomId(graph) : RevisionId.of(id),
                parents,
                dependsOn,
                Set.copyOf(labels),
                message.strip(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "the new revision");
        List<Revision> all = new ArrayList<>(graph.revisions());
        all.add(revision);
        RevisionGraph.of(all);
        return new NewRevision(revision);
    }

    private static RevisionId randomId(RevisionGraph graph) {
        byte[] bytes = new byte[ID_BYTES];
        RevisionId id;
        do {
            new SecureRandom().nextBytes(bytes);
            id = RevisionId.of(HexFormat.of().formatHex(bytes));
        } while (graph.contains(id));
        return id;
    }

    String sqlFileName(FileNameTemplate names) {
        return names.fileName(revision.id(), created(), revision.message());
    }

    private Instant created() {
        return java.util.Objects.requireNonNull(revision.created());
    }

    String sql() {
        StringBuilder text = new StringBuilder("-- revision: " + revision.id() + "\n");
        line(text, "parents", RevisionText.listed(revision.parents(), ""));
        line(text, "depends-on", String.join(", ", revision.dependsOn()));
        line(text, "labels", String.join(", ", revision.labels()));
        line(text, "message", revision.message());
        line(text, "created", created().toString());
        return text.append("\n-- upgrade\n\n\n-- downgrade\n\n").toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append("-- ").append(key).append(": ").append(value).append('\n');
        }
    }

    /** Returns the message in camel case, or the id if the message does not begin with a letter. */
    String className() {
        String ascii =
                Normalizer.normalize(revision.message(), Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String name = Arrays.stream(ascii.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Revision" + revision.id() + name : name;
    }

    String java(String packageName) {
        StringBuilder header =
                new StringBuilder("        id = " + literal(revision.id().value()));
        attribute(
                header,
                "parents",
                revision.parents().stream().map(RevisionId::value).toList());
        attribute(header, "dependsOn", revision.dependsOn());
        attribute(header, "labels", List.copyOf(revision.labels()));
        if (!revision.message().isEmpty()) {
            header.append(",\n        message = ").append(literal(revision.message()));
        }
        header.append(",\n        created = ").append(literal(created().toString()));
        String javadoc = revision.message().isEmpty() ? "Revision " + revision.id() : revision.message();
        return """
                package %s;

                import dev.turnstone.operation.Migration;
                import dev.turnstone.operation.Operations;
                import dev.turnstone.operation.RevisionHeader;

                /** %s. */
                @RevisionHeader(
                %s)
                public final class %s implements Migration {

                    @Override
                    public void upgrade(Operations op) {}

                    @Override
                    public void downgrade(Operations op) {}
                }
                """.formatted(packageName, javadoc.replace("*/", "* /").replace("\\", "&#92;"), header, className());
    }

    private static void attribute(StringBuilder header, String name, List<String> values) {
        if (!values.isEmpty()) {
            String list = values.stream().map(NewRevision::literal).collect(Collectors.joining(", "));
            header.append(",\n        ")
                    .append(name)
                    .append(" = ")
                    .append(values.size() == 1 ? list : "{" + list + "}");
        }
    }

    private static String literal(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
