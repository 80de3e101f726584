package dev.turnstone.execution;

/** Leaves a transaction for what has to be settled before it begins, so that it can begin again. */
abstract class RestartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RestartException() {
        super(null, null, false, false);
    }

    /** A table is to be rebuilt, and foreign keys cannot be switched off within a transaction. */
    static final class RebuildAhead extends RestartException {
        private static final long serialVersionUID = 1L;
    }

    /** A statement stands outside of the transaction, and meanwhile another start could run the step, too. */
    static final class OutsideAhead extends RestartException {
        private static final long serialVersionUID = 1L;
    }
}
