package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.UnknownRevisionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A failure whose message names command line options. It has the kind of its cause. */
final class RewordedException extends TurnstoneException {

    private static final int SHOWN = 10;

    private final String kind;

    RewordedException(String message, TurnstoneException cause) {
        super(message, cause);
        this.kind = cause.kind();
    }

    /**
     * Adds the ids of the existing revisions, newest first, to the message for an unknown revision.
     *
     * @param named the beginning of the message: the option that names the revision; empty for an argument
     */
    static TurnstoneException withIds(String named, UnknownRevisionException e, RevisionGraph graph) {
        if (e.getClass() != UnknownRevisionException.class || graph.revisions().isEmpty()) {
            return e;
        }
        List<Revision> revisions = new ArrayList<>(graph.revisions());
        Collections.reverse(revisions);
        String ids = revisions.stream()
                .limit(SHOWN)
                .map(revision -> revision.id().value())
                .collect(Collectors.joining(", "));
        int more = revisions.size() - SHOWN;
        return new RewordedException(
                named + e.getMessage() + "\nKnown revisions: " + ids + (more > 0 ? ", and " + more + " more." : "."),
                e);
    }

    @Override
    public String kind() {
        return kind;
    }
}
