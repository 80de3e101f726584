package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Thrown when not all revisions are applied to a database that must have all of them. */
public final class NotAtHeadsException extends TurnstoneException {

    private final transient Set<RevisionId> current;
    private final transient Set<RevisionId> missing;

    /**
     * @param current the version rows; each must name a revision of {@code graph}
     * @param graph the whole history
     */
    public NotAtHeadsException(Set<RevisionId> current, RevisionGraph graph) {
        this(current, missing(current, graph), graph);
    }

    private NotAtHeadsException(Set<RevisionId> current, Set<RevisionId> missing, RevisionGraph graph) {
        super("The database is not at the head of its history: it is at " + StateLeftBehind.version(current)
                + ", and the history ends at " + StateLeftBehind.version(graph.heads()) + "; " + missing.size()
                + (missing.size() == 1 ? " revision is" : " revisions are")
                + " not applied. Nothing was changed. Run 'upgrade heads'.");
        this.current = Set.copyOf(current);
        this.missing = Set.copyOf(missing);
    }

    private static Set<RevisionId> missing(Set<RevisionId> current, RevisionGraph graph) {
        Set<RevisionId> missing =
                graph.revisions().stream().map(r -> r.id()).collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(graph.ancestorsOf(current));
        return missing;
    }

    /** Returns the version rows. */
    public Set<RevisionId> current() {
        return current;
    }

    /** Returns the revisions that are not applied. */
    public Set<RevisionId> missing() {
        return missing;
    }
}
