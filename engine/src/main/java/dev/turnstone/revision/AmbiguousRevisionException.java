package dev.turnstone.revision;

import java.util.List;

/** Thrown when a partial id is the prefix of several ids or labels. */
public final class AmbiguousRevisionException extends UnknownRevisionException {

    private final List<RevisionId> candidates;

    AmbiguousRevisionException(String name, List<Revision> candidates) {
        super(
                name,
                "'" + name + "' is the prefix of " + candidates.size() + " names:\n"
                        + FormattedRevisions.listed(candidates) + "\nAdd characters until only one of them matches.");
        this.candidates = FormattedRevisions.ids(candidates);
    }

    /** Returns the revisions that match, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
