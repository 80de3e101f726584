package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * Formats revisions for a terminal.
 *
 * @param graph the history
 * @param heads its heads
 * @param current the applied heads; empty if they were not read
 */
record RevisionText(RevisionGraph graph, Set<RevisionId> heads, Set<RevisionId> current) {

    static final String BASE = "<base>";

    static RevisionText of(RevisionGraph graph) {
        return of(graph, Set.of());
    }

    static RevisionText of(RevisionGraph graph, Set<RevisionId> current) {
        return new RevisionText(graph, graph.heads(), current);
    }

    /** {@code c41d7be0a2f5 (head) give jobs a priority}. */
    String line(Revision revision) {
        return named(revision) + (revision.message().isEmpty() ? "" : " " + revision.message());
    }

    /** {@code b7f2c1d90e34 -> c41d7be0a2f5 (head), give jobs a priority}. */
    String historyLine(Revision revision) {
        return listed(revision.parents(), BASE) + " -> " + named(revision) + message(revision);
    }

    static String message(Revision revision) {
        return revision.message().isEmpty() ? "" : ", " + revision.message();
    }

    /** Formats all fields of a revision, on several lines. */
    String details(Revision revision, Optional<Path> file) {
        StringBuilder text = new StringBuilder("Rev: ").append(named(revision)).append('\n');
        text.append(revision.parents().size() > 1 ? "Merges: " : "Parent: ")
                .append(listed(revision.parents(), BASE))
                .append('\n');
        Set<RevisionId> children = graph.childrenOf(revision.id());
        if (children.size() > 1) {
            text.append("Branches into: ").append(listed(children, "")).append('\n');
        }
        if (!revision.dependsOn().isEmpty()) {
            text.append("Depends on: ")
                    .append(String.join(", ", revision.dependsOn()))
                    .append('\n');
        }
        Set<String> labels = graph.labelsOf(revision.id());
        if (!labels.isEmpty()) {
            text.append("Branch: ").append(String.join(", ", labels)).append('\n');
        }
        text.append("Path: ")
                .append(file.map(Path::toString).orElse(revision.origin()))
                .append('\n');
        if (revision.created() != null) {
            text.append("Created: ").append(revision.created()).append('\n');
        }
        return text.append('\n')
                .append(revision.message().isEmpty() ? "" : revision.message().indent(4))
                .toString();
    }

    private String named(Revision revision) {
        StringBuilder text = new StringBuilder(coloured(revision.id()));
        notes(revision).forEach(note -> text.append(" (").append(note).append(')'));
        return text.toString();
    }

    private List<String> notes(Revision revision) {
        List<String> notes = new ArrayList<>();
        if (!revision.labels().isEmpty()) {
            notes.add(String.join(", ", revision.labels()));
        }
        if (heads.contains(revision.id())) {
            notes.add("head");
        }
        if (graph.childrenOf(revision.id()).size() > 1) {
            notes.add("branchpoint");
        }
        if (revision.parents().size() > 1) {
            notes.add("mergepoint");
        }
        if (current.contains(revision.id())) {
            notes.add("current");
        }
        return notes;
    }

    /** Joins ids by commas; returns {@code none} if there are no ids. */
    static String listed(Collection<RevisionId> ids, String none) {
        return ids.isEmpty() ? none : ids.stream().map(RevisionId::value).collect(Collectors.joining(", "));
    }

    /** Colors an id on a terminal, without picocli's markup, because an id may contain markup. */
    static String coloured(RevisionId id) {
        return Ansi.AUTO.enabled() ? "\u001b[33m" + id + "\u001b[39m" : id.value();
    }
}
