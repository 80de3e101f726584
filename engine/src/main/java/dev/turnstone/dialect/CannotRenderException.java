package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an operation that a dialect cannot do as it is given. Nothing of its revision was run since its last barrier. */
public final class CannotRenderException extends TurnstoneException {

    private final String dialect;

    /**
     * @param dialect the dialect's title
     * @param what what it cannot do, on which object
     * @param alternative what to do instead
     */
    public CannotRenderException(String dialect, String what, String alternative) {
        super(dialect + " cannot " + what + ". Nothing of this revision was run. " + alternative);
        this.dialect = dialect;
    }

    /** The title of the dialect that cannot do it. */
    public String dialect() {
        return dialect;
    }
}
