package dev.turnstone.execution;

/** How the revisions of a run are grouped into transactions, unless their files exclude a transaction. */
public enum Transactions {
    /** One transaction for each revision and its version row. A failure does not affect the previous revisions. */
    PER_REVISION,
    /**
     * One transaction for all revisions of the run. A failure leaves nothing behind. Revisions that cannot run in a
     * transaction are rejected.
     */
    PER_RUN,
    /**
     * No transaction: each statement commits by itself, and the version row is written after the last one of its
     * revision.
     */
    NONE
}
