package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a target or a range that is not of any known form. */
public final class InvalidTargetException extends TurnstoneException {

    private final String text;

    InvalidTargetException(String text) {
        super("'" + text + "' names no target. Write an id, a label, 'head', 'heads', 'base', or a form such as '+1', "
                + "'-1', 'label@head'; a range is 'from:to'.");
        this.text = text;
    }

    /** The text that was refused. */
    public String text() {
        return text;
    }
}
