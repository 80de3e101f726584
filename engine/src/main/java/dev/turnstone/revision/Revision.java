package dev.turnstone.revision;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One revision of the history: its header, without its operations. Immutable.
 *
 * @param id the identifier
 * @param parents the parents of this revision; empty for a base, several for a merge
 * @param dependsOn ids or labels of revisions that must be applied before this one, although they are not its
 *     parents
 * @param labels labels of the branch that this revision belongs to; see {@link RevisionGraph}
 * @param message a short description; may be empty
 * @param created the creation time, or null if not known
 * @param origin the file's path or the class name, for messages
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

    /** Returns a revision without labels, dependencies and creation time. */
    public static Revision of(RevisionId id, List<RevisionId> parents, String message, String origin) {
        return new Revision(id, parents, List.of(), Set.of(), message, null, origin);
    }
}
