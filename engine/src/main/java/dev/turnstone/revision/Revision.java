package dev.turnstone.revision;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One revision's place in the history: what its header says, without what it does.
 *
 * @param id the identifier
 * @param parents the revisions that this one follows; empty for a base, several for a merge
 * @param dependsOn ids or labels of revisions that must be applied before this one, though it does not follow them
 * @param labels names for the branch that this revision belongs to; see {@link RevisionGraph}
 * @param message what the revision does, in a few words; may be empty
 * @param created when it was written, or null where that is not known
 * @param origin where it comes from, for messages: a file's path or a class name
 */
public record Revision(
        RevisionId id,
        List<RevisionId> parents,
        List<String> dependsOn,
        Set<String> labels,
        String message,
        @Nullable Instant created,
        String origin) {

    public Revision {
        parents = List.copyOf(parents);
        dependsOn = List.copyOf(dependsOn);
        labels = java.util.Collections.unmodifiableSet(new TreeSet<>(labels));
    }

    /** A revision without labels, dependencies or date. */
    public static Revision of(RevisionId id, List<RevisionId> parents, String message, String origin) {
        return new Revision(id, parents, List.of(), Set.of(), message, null, origin);
    }
}
