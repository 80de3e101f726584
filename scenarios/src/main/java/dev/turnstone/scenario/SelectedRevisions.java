package dev.turnstone.scenario;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which revisions of a history are looked at, and which are taken back. Immutable and thread-safe.
 *
 * @param notTakenBack the reason for each revision whose downgrade is not tried
 * @param skipped the reason for each revision that is only applied, on the way to others
 */
public record SelectedRevisions(Map<RevisionId, String> notTakenBack, Map<RevisionId, String> skipped) {

    /** All of them. */
    public static final SelectedRevisions ALL = new SelectedRevisions(Map.of(), Map.of());

    public SelectedRevisions {
        notTakenBack = Map.copyOf(notTakenBack);
        skipped = Map.copyOf(skipped);
    }

    /**
     * Finds the revisions that a user means. The minimum downgrade revision itself and all that it follows are not taken
     * back: the database stays at it.
     *
     * @throws dev.turnstone.error.TurnstoneException when the history has no such revision, or several
     */
    public static SelectedRevisions of(Selection selection, RevisionGraph graph) {
        return new SelectedRevisions(notTakenBack(selection, graph), skipped(selection, graph));
    }

    private static Map<RevisionId, String> notTakenBack(Selection selection, RevisionGraph graph) {
        if (selection.minimumDowngrade().isEmpty()) {
            return Map.of();
        }
        Set<RevisionId> lowest = new HashSet<>();
        resolve(selection.minimumDowngrade(), graph).forEach(revision -> lowest.add(revision.id()));
        Map<RevisionId, String> reasons = new HashMap<>();
        graph.ancestorsOf(lowest)
                .forEach(id -> reasons.put(
                        id,
                        "Nothing is taken back below " + selection.minimumDowngrade()
                                + ", the minimum downgrade revision."));
        return reasons;
    }

    private static Map<RevisionId, String> skipped(Selection selection, RevisionGraph graph) {
        Map<RevisionId, String> reasons = new HashMap<>();
        selection.skipped().forEach((name, reason) -> {
            for (Revision revision : resolve(name, graph)) {
                reasons.put(revision.id(), "Skipped: " + reason);
            }
        });
        return reasons;
    }

    /** Ids of other tools can look like ranges or steps. */
    private static List<Revision> resolve(String name, RevisionGraph graph) {
        List<Revision> called = graph.revisions().stream()
                .filter(revision -> revision.id().value().equals(name))
                .toList();
        return called.isEmpty() ? graph.resolve(name, Set.of()) : called;
    }

    /** Why a revision is not looked at; nothing where it is. */
    public Optional<String> skips(RevisionId id) {
        return Optional.ofNullable(skipped.get(id));
    }

    /** Why a revision is not taken back, although its downgrade may be there; nothing where it is. */
    public Optional<String> keepsFromGoingBelow(RevisionId id) {
        return Optional.ofNullable(notTakenBack.getOrDefault(id, skipped.get(id)));
    }

    /** The tool, which refuses to take back what is not to be. */
    MigrationTool on(MigrationTool tool) {
        return tool instanceof ToolWithFloor || (notTakenBack.isEmpty() && skipped.isEmpty())
                ? tool
                : new ToolWithFloor(tool, this);
    }
}
