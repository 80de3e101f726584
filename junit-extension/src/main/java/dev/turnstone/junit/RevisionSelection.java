package dev.turnstone.junit;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;

/** Resolves the revisions that a user selects. */
final class RevisionSelection {

    private RevisionSelection() {}

    /**
     * Returns the revisions that a text names.
     *
     * @param text an id, a prefix of it, a label, or a range with a colon
     * @throws dev.turnstone.error.TurnstoneException when it names none
     */
    static List<RevisionId> resolve(String text, RevisionGraph graph) {
        List<Revision> found = text.contains(":") && !isId(text, graph)
                ? graph.history(text, Set.of())
                : graph.resolve(text, Set.of());
        return found.stream().map(Revision::id).toList();
    }

    /** Ids of other tools can contain a colon. */
    private static boolean isId(String text, RevisionGraph graph) {
        return graph.revisions().stream()
                .anyMatch(revision -> revision.id().value().equals(text));
    }
}
