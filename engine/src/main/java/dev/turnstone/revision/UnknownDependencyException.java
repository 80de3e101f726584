package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a revision depends on an id or label that no revision defines. */
public final class UnknownDependencyException extends TurnstoneException {

    private final RevisionId revision;
    private final String dependency;

    UnknownDependencyException(Revision revision, String dependency, List<NearMatch> closest) {
        super("Revision " + FormattedRevisions.located(revision) + " depends on '" + dependency
                + "', but no revision has that id or label.\n"
                + (closest.isEmpty()
                        ? "Add the missing file, or correct the dependency; dependencies must be full ids or labels."
                        : NearMatch.sentence(closest)));
        this.revision = revision.id();
        this.dependency = dependency;
    }

    /** Returns the revision with the dependency. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns the id or label that does not exist. */
    public String dependency() {
        return dependency;
    }
}
