package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.Set;

/** Thrown when the applied revisions cannot be downgraded to a target. */
public final class InvalidDestinationException extends TurnstoneException {

    private final String target;
    private final List<RevisionId> current;

    InvalidDestinationException(String target, Set<RevisionId> current, String reason) {
        super("Cannot downgrade to '" + target + "': " + reason + ".\n"
                + (current.isEmpty() ? "Nothing is applied." : "Applied: " + FormattedRevisions.quoted(current) + ".")
                + "\nName a revision that is applied, or 'base'.");
        this.target = target;
        this.current = List.copyOf(current);
    }

    /** Returns the target as written. */
    public String target() {
        return target;
    }

    /** Returns the version rows, sorted by id. */
    public List<RevisionId> current() {
        return current;
    }
}
