package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a revision depends on an id or label that no revision defines. */
public final class UnknownDependencyException extends TurnstoneException {

    private final RevisionId revision;
    private final String dependency;

    UnknownDependencyException(Revision revision, String dependency, List<NearMatch> closest) {
        super("Revision " + Wording.located(revision) + " depends on '" + dependency
                + "', which is no revision's id or label.\n"
                + (closest.isEmpty()
                        ? "Add the missing file, or correct the dependency; a partial id is not enough here."
                        : NearMatch.sentence(closest)));
        this.revision = revision.id();
        this.dependency = dependency;
    }

    /** The revision that names the dependency. */
    public RevisionId revision() {
        return revision;
    }

    /** The id or label that does not exist. */
    public String dependency() {
        return dependency;
    }
}
