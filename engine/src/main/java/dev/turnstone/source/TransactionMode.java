package dev.turnstone.source;

/** How a revision's statements are put in transactions. */
public enum TransactionMode {
    /** One transaction, together with the version row. Statements that begin or end a transaction are refused. */
    PER_REVISION,
    /** None: each statement commits by itself, and the version row follows. */
    NONE,
    /**
     * As another tool would run the file: in one transaction, unless the file brings its own or holds a statement that
     * the server refuses in a transaction.
     */
    AS_WRITTEN;

    /** The answer for each dialect, because another tool's names may tell for one. */
    @FunctionalInterface
    public interface ByDialect {
        /**
         * How a body runs.
         *
         * @param dialect {@code sqlite} or {@code postgresql}
         */
        TransactionMode on(String dialect);
    }
}
