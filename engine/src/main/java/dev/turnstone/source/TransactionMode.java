package dev.turnstone.source;

/** How the statements of a revision are divided into transactions. */
public enum TransactionMode {
    /** One transaction, together with the version row. Statements that begin or end a transaction are refused. */
    PER_REVISION,
    /** No transaction: each statement commits by itself, and the version row is written afterwards. */
    NONE,
    /**
     * As another tool would run the file: in one transaction, unless the file controls transactions itself or contains
     * a statement that the server refuses in a transaction.
     */
    AS_WRITTEN;

    /** The mode by dialect, because another tool's file names may set it for one dialect. */
    @FunctionalInterface
    public interface ByDialect {
        /**
         * Returns the mode on a dialect.
         *
         * @param dialect {@code sqlite} or {@code postgresql}
         */
        TransactionMode on(String dialect);
    }
}
