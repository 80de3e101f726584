package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a target or a range whose syntax is invalid. */
public final class InvalidTargetException extends TurnstoneException {

    private final String text;

    InvalidTargetException(String text) {
        super("'" + text + "' is not a target. Write an id, a label, 'head', 'heads', 'base', or a form such as '+1', "
                + "'-1', 'label@head'; a range is 'from:to'.");
        this.text = text;
    }

    /** Returns the rejected text. */
    public String text() {
        return text;
    }
}
