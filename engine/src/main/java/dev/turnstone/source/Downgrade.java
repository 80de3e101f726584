package dev.turnstone.source;

import org.jspecify.annotations.Nullable;

/** Whether, and how, a revision can be taken back. */
public sealed interface Downgrade {

    /** There is a downgrade; it may do nothing. */
    record Defined() implements Downgrade {}

    /**
     * The author forgot it.
     *
     * @param explanation why there is none although the author may think so, as a sentence; null where nothing is to say
     */
    record Missing(@Nullable String explanation) implements Downgrade {

        /** Nothing hints at a downgrade. */
        public Missing() {
            this(null);
        }
    }

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
