package dev.turnstone.source;

/** Whether, and how, a revision can be taken back. */
public sealed interface Downgrade {

    /** There is a downgrade; it may do nothing. */
    record Defined() implements Downgrade {}

    /** The author forgot it. */
    record Missing() implements Downgrade {}

    /**
     * Nothing is taken back, on purpose; the version moves, and the upgrade can be repeated.
     *
     * @param reason why, in the author's words
     */
    record Keep(String reason) implements Downgrade {}

    /**
     * One cannot go below this revision.
     *
     * @param reason why, in the author's words
     */
    record Irreversible(String reason) implements Downgrade {}

    /** The answer for each dialect, because sections may name one. */
    @FunctionalInterface
    interface ByDialect {
        /** The answer for the dialect of that name. */
        Downgrade on(String dialect);
    }
}
