package dev.turnstone.scenario.locks;

import java.util.Locale;
import java.util.Optional;

/**
 * A mode of PostgreSQL's locks on tables, from the weakest to the strongest. What each conflicts with: PostgreSQL's manual,
 * "Explicit Locking".
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
     * The mode as {@code pg_locks} spells it.
     *
     * @param spelled for example {@code ShareUpdateExclusiveLock}
     * @return empty for a mode of other locks, such as {@code SIReadLock}
     */
    static Optional<LockMode> of(String spelled) {
        for (LockMode mode : values()) {
            if ((mode.name().replace("_", "") + "LOCK").equals(spelled.toUpperCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** Whether who reads has to wait. */
    boolean blocksReaders() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Whether who writes has to wait: whether it conflicts with {@code ROW EXCLUSIVE}. */
    boolean blocksWriters() {
        return compareTo(SHARE) >= 0;
    }

    /** The mode as SQL spells it. */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
