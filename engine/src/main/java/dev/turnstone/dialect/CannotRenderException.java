package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/**
 * Thrown for an operation that a dialect cannot do as it is given. Nothing of its revision was run since its last
 * barrier; the message says what became of what ran before that.
 */
public final class CannotRenderException extends TurnstoneException {

    private final String dialect;
    private final String what;
    private final String alternative;

    /**
     * @param dialect the dialect's title
     * @param what what it cannot do, on which object
     * @param alternative what to do instead
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
     * The same, where something of the revision had run before.
     *
     * @param state what became of it, as sentences
     */
    public CannotRenderException after(String state) {
        CannotRenderException later = new CannotRenderException(dialect, what, state, alternative);
        later.initCause(this);
        return later;
    }

    /** The title of the dialect that cannot do it. */
    public String dialect() {
        return dialect;
    }
}
