package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an identifier that could not be told from the syntax of a target. */
public final class InvalidRevisionIdException extends TurnstoneException {

    private final String id;

    InvalidRevisionIdException(String id, String rule) {
        super("'" + id + "' is not a revision id: " + rule + ". Choose another, such as 12 hexadecimal digits.");
        this.id = id;
    }

    /** The identifier that was refused. */
    public String id() {
        return id;
    }
}
