package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a range's start is not an ancestor of its end. */
public final class RangeNotAncestorException extends TurnstoneException {

    private final String lower;
    private final String upper;

    RangeNotAncestorException(String lower, String upper) {
        super("The range '" + lower + ":" + upper + "' is empty: '" + lower + "' is not an ancestor of '" + upper
                + "' on one branch.\nWrite the older revision first, or choose an end that descends from it.");
        this.lower = lower;
        this.upper = upper;
    }

    /** Returns the start of the range as written. */
    public String lower() {
        return lower;
    }

    /** Returns the end of the range as written. */
    public String upper() {
        return upper;
    }
}
