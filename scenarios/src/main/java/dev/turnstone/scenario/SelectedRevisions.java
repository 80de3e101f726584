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
 * The revisions of a history that are checked, and those that are reverted. Immutable and thread-safe.
 *
 * @param notTakenBack the reason for each revision whose downgrade is not tested
 * @param skipped the reason for each revision that is applied but not checked
 */
public record SelectedRevisions(Map<RevisionId, String> notTakenBack, Map<RevisionId, String> skipped) {

    /** Checks and reverts all revisions. */
    public static final SelectedRevisions ALL = new SelectedRevisions(Map.of(), Map.of());

    public SelectedRevisions {
        notTakenBack = Map.copyOf(notTakenBack);
        skipped = Map.copyOf(skipped);
    }

    /**
     * Resolves a user's selection. The minimum downgrade revision and its ancestors are not reverted, so the database
     * never goes below that revision.
     *
     * @param selection the names that the user gave
     * @param graph the revision graph of the history
     * @throws dev.turnstone.error.TurnstoneException if a name belongs to no revision or is ambiguous
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

    /** Compares whole ids first, because ids of other tools can have the form of ranges or relative revisions. */
    private static List<Revision> resolve(String name, RevisionGraph graph) {
        List<Revision> called = graph.revisions().stream()
                .filter(revision -> revision.id().value().equals(name))
                .toList();
        return called.isEmpty() ? graph.resolve(name, Set.of()) : called;
    }

    /** Returns the reason why a revision is not checked; empty if it is checked. */
    public Optional<String> skips(RevisionId id) {
        return Optional.ofNullable(skipped.get(id));
    }

    /** Returns the reason why a revision is not reverted even if it has a downgrade; empty if it can be reverted. */
    public Optional<String> keepsFromGoingBelow(RevisionId id) {
        return Optional.ofNullable(notTakenBack.getOrDefault(id, skipped.get(id)));
    }

    /** Returns a tool that refuses to revert the excluded revisions. */
    MigrationTool on(MigrationTool tool) {
        return tool instanceof ToolWithFloor || (notTakenBack.isEmpty() && skipped.isEmpty())
                ? tool
                : new ToolWithFloor(tool, this);
    }
}
