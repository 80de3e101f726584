package dev.turnstone.revision;

import java.util.List;

/** Thrown when the beginning of an id is the beginning of several. */
public final class AmbiguousRevisionException extends UnknownRevisionException {

    private final List<RevisionId> candidates;

    AmbiguousRevisionException(String name, List<Revision> candidates) {
        super(
                name,
                "'" + name + "' is the beginning of " + candidates.size() + " names:\n" + Wording.listed(candidates)
                        + "\nWrite more of the one that you mean.");
        this.candidates = Wording.ids(candidates);
    }

    /** The revisions that it could be, sorted by id. */
    public List<RevisionId> candidates() {
        return candidates;
    }
}
