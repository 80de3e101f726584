package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a number of steps from a named revision goes past the first or the last one. */
public final class WalkedTooFarException extends TurnstoneException {

    private final String target;
    private final int steps;

    WalkedTooFarException(String target, int steps) {
        super("'" + target + "' goes past the " + (steps < 0 ? "first" : "last")
                + " revision.\nUse a smaller number of steps, or name '" + (steps < 0 ? "base" : "heads") + "'.");
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
