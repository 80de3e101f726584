package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a number of steps from a named revision leads past the first or the last one. */
public final class WalkedTooFarException extends TurnstoneException {

    private final String target;
    private final int steps;

    WalkedTooFarException(String target, int steps) {
        super("'" + target + "' walks past the " + (steps < 0 ? "first" : "last")
                + " revision.\nTake fewer steps, or name '" + (steps < 0 ? "base" : "heads") + "'.");
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
