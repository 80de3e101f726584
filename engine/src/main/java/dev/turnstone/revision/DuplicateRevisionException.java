package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.Collection;
import java.util.List;

/** Thrown when several revisions have the same id. */
public final class DuplicateRevisionException extends TurnstoneException {

    private final RevisionId id;
    private final List<String> origins;

    DuplicateRevisionException(RevisionId id, Collection<Revision> revisions) {
        super("Revision '" + id + "' is defined " + revisions.size() + " times:\n"
                + String.join(
                        "\n",
                        revisions.stream().map(each -> "  " + each.origin()).toList())
                + "\nGive all but one of them another id.");
        this.id = id;
        this.origins = revisions.stream().map(Revision::origin).toList();
    }

    /** Returns the id that is not unique. */
    public RevisionId id() {
        return id;
    }

    /** Returns the origins of the revisions with this id, in the given order. */
    public List<String> origins() {
        return origins;
    }
}
