package dev.turnstone.execution.step;

/** Thrown to leave a transaction that must be started again after a preparation outside of it. */
public abstract class RestartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RestartException() {
        super(null, null, false, false);
    }

    /** A table must be rebuilt, and foreign keys cannot be disabled within a transaction. */
    public static final class RebuildAhead extends RestartException {
        private static final long serialVersionUID = 1L;
    }

    /** A statement must run outside of the transaction, and another start could run the step meanwhile. */
    static final class OutsideAhead extends RestartException {
        private static final long serialVersionUID = 1L;
    }
}
