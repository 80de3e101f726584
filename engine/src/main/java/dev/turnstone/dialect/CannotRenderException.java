package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/**
 * Thrown for an operation that a dialect cannot render. Nothing of its revision ran since the last barrier; the message
 * states what happened to the statements before that barrier.
 */
public final class CannotRenderException extends TurnstoneException {

    private final String dialect;
    private final String what;
    private final String alternative;

    /**
     * @param dialect the dialect's title
     * @param what what it cannot do, and on which object, to follow "cannot"
     * @param alternative what to do instead, as a sentence
     */
    public CannotRenderException(String dialect, String what, String alternative) {
        this(dialect, what, "Nothing of this revision was run.", alternative);
    }

    private CannotRenderException(String dialect, String what, String state, String alternative) {
        super(dialect + " cannot " + what + ". " + state + " " + alternative);
        this.dialect = dialect;
        this.what = what;
        this.alternative = alternative;
    }

    /**
     * Returns the same exception for a revision of which some statements had already run.
     *
     * @param state the state of the database, as sentences
     */
    public CannotRenderException after(String state) {
        CannotRenderException later = new CannotRenderException(dialect, what, state, alternative);
        later.initCause(this);
        return later;
    }

    /** Returns the title of the dialect. */
    public String dialect() {
        return dialect;
    }
}
