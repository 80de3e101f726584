package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.Set;

/** Thrown when a single step is not possible with the applied revisions. */
public final class StepOutOfOrderException extends TurnstoneException {

    private final RevisionId revision;
    private final Direction direction;

    StepOutOfOrderException(RevisionId revision, Direction direction, String reason, Set<RevisionId> rows) {
        super("Cannot " + (direction == Direction.UPGRADE ? "apply" : "revert") + " revision '" + revision + "': "
                + reason + ".\n"
                + (rows.isEmpty() ? "Nothing is applied." : "Applied: " + FormattedRevisions.quoted(rows) + ".")
                + "\nUpgrade or downgrade to the revision instead, which runs every step in between.");
        this.revision = revision;
        this.direction = direction;
    }

    static String needs(List<RevisionId> missing) {
        return "it needs " + FormattedRevisions.quoted(missing) + " first";
    }

    static String neededBy(List<RevisionId> dependents) {
        return FormattedRevisions.quoted(dependents) + " must be reverted first";
    }

    /** Returns the revision of the step. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns the direction of the step. */
    public Direction direction() {
        return direction;
    }
}
