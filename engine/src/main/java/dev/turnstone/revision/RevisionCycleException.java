package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when revisions wait for one another, by parents, dependencies, or both. */
public final class RevisionCycleException extends TurnstoneException {

    private final List<RevisionId> path;

    /**
     * @param path each revision and how it needs the next one; the last needs the first
     */
    RevisionCycleException(List<Need> path) {
        super((path.size() == 1
                        ? "Revision " + path.get(0).revision.id() + " waits for itself:\n"
                        : "Revisions " + Wording.quoted(idsOf(path)) + " wait for one another:\n")
                + path.stream().map(Need::line).collect(Collectors.joining("\n"))
                + "\nRemove one of these links: none of these revisions could ever be applied.");
        this.path = idsOf(path);
    }

    private static List<RevisionId> idsOf(List<Need> path) {
        return path.stream().map(need -> need.revision.id()).toList();
    }

    /** The revisions of the cycle: each needs the next one, and the last needs the first. */
    public List<RevisionId> path() {
        return path;
    }

    /** One link of a cycle. */
    record Need(Revision revision, Revision needed) {

        private String line() {
            boolean follows = revision.parents().contains(needed.id());
            return "  " + Wording.located(revision) + (follows ? " follows " : " depends on ") + needed.id();
        }
    }
}
