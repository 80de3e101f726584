package dev.turnstone.source;

import org.jspecify.annotations.Nullable;

/** Whether and how a revision can be reverted. */
public sealed interface Downgrade {

    /** The revision has a downgrade, which may do nothing. */
    record Defined() implements Downgrade {}

    /**
     * The revision has no downgrade and no reason for that.
     *
     * @param explanation why there is none although the author may expect one, as a sentence; null without an
     *     explanation
     */
    record Missing(@Nullable String explanation) implements Downgrade {

        /** Creates a missing downgrade without an explanation. */
        public Missing() {
            this(null);
        }
    }

    /**
     * The downgrade is an intentional no-op: it moves the version only, and the upgrade can run again.
     *
     * @param reason the author's reason
     */
    record Keep(String reason) implements Downgrade {}

    /**
     * The history cannot be downgraded below this revision.
     *
     * @param reason the author's reason
     */
    record Irreversible(String reason) implements Downgrade {}

    /** The downgrade by dialect, because a section may be for one dialect only. */
    @FunctionalInterface
    interface ByDialect {
        /** Returns the downgrade on the dialect of that name. */
        Downgrade on(String dialect);
    }
}
