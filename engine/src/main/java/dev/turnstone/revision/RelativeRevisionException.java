package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when there are fewer revisions above or below the applied ones than a target requires. */
public final class RelativeRevisionException extends TurnstoneException {

    private final String target;
    private final int steps;

    RelativeRevisionException(String target, int steps, String reason) {
        super("'" + target + "' requires " + Math.abs(steps) + (Math.abs(steps) == 1 ? " step" : " steps")
                + (steps < 0 ? " down" : " up") + ": " + reason
                + ".\nName the revision instead; 'history' lists them.");
        this.target = target;
        this.steps = steps;
    }

    /** Returns the target as written. */
    public String target() {
        return target;
    }

    /** Returns the number of steps, negative for down. */
    public int steps() {
        return steps;
    }
}
