package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when there are not as many steps from what is applied as a target asks for. */
public final class RelativeRevisionException extends TurnstoneException {

    private final String target;
    private final int steps;

    RelativeRevisionException(String target, int steps, String reason) {
        super("'" + target + "' asks for " + Math.abs(steps) + (Math.abs(steps) == 1 ? " step" : " steps")
                + (steps < 0 ? " down" : " up") + ": " + reason
                + ".\nName the revision instead; 'history' lists them.");
        this.target = target;
        this.steps = steps;
    }

    /** The target as written. */
    public String target() {
        return target;
    }

    /** The steps asked for, negative for down. */
    public int steps() {
        return steps;
    }
}
