package dev.turnstone.execution;

/** How a run's revisions are put in transactions, where their files do not say that they cannot be in one. */
public enum Transactions {
    /** Each revision in one of its own, with its version row: a failure leaves the revisions before it. */
    PER_REVISION,
    /** All revisions of the run in one: a failure leaves nothing. Revisions that cannot be in one are refused. */
    PER_RUN,
    /** None: each statement commits by itself, and the version row follows the last one of its revision. */
    NONE
}
