package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.Set;

/** Thrown when a single step does not fit what is applied. */
public final class StepOutOfOrderException extends TurnstoneException {

    private final RevisionId revision;
    private final Direction direction;

    StepOutOfOrderException(RevisionId revision, Direction direction, String reason, Set<RevisionId> rows) {
        super("Cannot " + (direction == Direction.UPGRADE ? "apply" : "take back") + " revision '" + revision + "': "
                + reason + ".\n"
                + (rows.isEmpty() ? "Nothing is applied." : "Applied: " + Wording.quoted(rows) + ".")
                + "\nAsk for the whole path instead.");
        this.revision = revision;
        this.direction = direction;
    }

    static String needs(List<RevisionId> missing) {
        return "it needs " + Wording.quoted(missing) + " first";
    }

    static String neededBy(List<RevisionId> dependents) {
        return Wording.quoted(dependents) + " must be taken back first";
    }

    /** The revision that was to be run. */
    public RevisionId revision() {
        return revision;
    }

    /** The way it was to be run. */
    public Direction direction() {
        return direction;
    }
}
