package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an identifier that would be ambiguous with the syntax of a target. */
public final class InvalidRevisionIdException extends TurnstoneException {

    private final String id;

    InvalidRevisionIdException(String id, String rule) {
        super("'" + id + "' is not a revision id: " + rule + ". Choose another, such as 12 hexadecimal digits.");
        this.id = id;
    }

    /** Returns the rejected identifier. */
    public String id() {
        return id;
    }
}
