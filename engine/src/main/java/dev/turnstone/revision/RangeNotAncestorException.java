package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a range's start does not come before its end. */
public final class RangeNotAncestorException extends TurnstoneException {

    private final String lower;
    private final String upper;

    RangeNotAncestorException(String lower, String upper) {
        super("The range '" + lower + ":" + upper + "' is empty: '" + lower + "' does not come before '" + upper
                + "' on one branch.\nWrite the older revision first, or choose an end that follows it.");
        this.lower = lower;
        this.upper = upper;
    }

    /** The start of the range as written. */
    public String lower() {
        return lower;
    }

    /** The end of the range as written. */
    public String upper() {
        return upper;
    }
}
