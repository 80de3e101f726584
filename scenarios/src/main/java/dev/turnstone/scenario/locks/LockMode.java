package dev.turnstone.scenario.locks;

import java.util.Locale;
import java.util.Optional;

/**
 * A mode of PostgreSQL's table locks, from the weakest to the strongest. The section "Explicit Locking" of the
 * PostgreSQL manual lists the conflicts of each mode.
 */
enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /**
     * Parses the name of a mode in {@code pg_locks}.
     *
     * @param spelled the name, for example {@code ShareUpdateExclusiveLock}
     * @return the mode; empty for a mode of other locks, such as {@code SIReadLock}
     */
    static Optional<LockMode> of(String spelled) {
        for (LockMode mode : values()) {
            if ((mode.name().replace("_", "") + "LOCK").equals(spelled.toUpperCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** Returns whether readers have to wait. */
    boolean blocksReaders() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Returns whether writers have to wait, because the mode conflicts with {@code ROW EXCLUSIVE}. */
    boolean blocksWriters() {
        return compareTo(SHARE) >= 0;
    }

    /** Returns the name of the mode in SQL, for example {@code ACCESS EXCLUSIVE}. */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
