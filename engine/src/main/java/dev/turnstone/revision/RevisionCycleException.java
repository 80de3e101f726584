package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when revisions need each other through parents, dependencies, or both. */
public final class RevisionCycleException extends TurnstoneException {

    private final List<RevisionId> path;

    /** @param path the links of the cycle: each revision needs the next one, and the last needs the first */
    RevisionCycleException(List<Need> path) {
        super((path.size() == 1
                        ? "Revision " + path.get(0).revision.id() + " needs itself:\n"
                        : "Revisions " + FormattedRevisions.quoted(idsOf(path)) + " need each other:\n")
                + path.stream().map(Need::line).collect(Collectors.joining("\n"))
                + "\nNone of these revisions can be applied. Remove one of these links.");
        this.path = idsOf(path);
    }

    private static List<RevisionId> idsOf(List<Need> path) {
        return path.stream().map(need -> need.revision.id()).toList();
    }

    /** Returns the revisions of the cycle: each needs the next one, and the last needs the first. */
    public List<RevisionId> path() {
        return path;
    }

    /** One link of a cycle. */
    record Need(Revision revision, Revision needed) {

        private String line() {
            boolean follows = revision.parents().contains(needed.id());
            return "  " + FormattedRevisions.located(revision) + (follows ? " follows " : " depends on ") + needed.id();
        }
    }
}
