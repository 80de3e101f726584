package dev.turnstone.operation;

/**
 * What one revision does to a database, and how that is taken back.
 *
 * <p>An implementation holds no state: it can be called for several databases at once, and more than once.
 */
public interface Migration {

    /**
     * Records what applies this revision.
     *
     * @param op takes the operations, in order
     */
    void upgrade(Operations op);

    /**
     * Records what takes this revision back.
     *
     * <p>A class that does not implement it has no downgrade; it says why in {@link RevisionHeader#keep()} or {@link
     * RevisionHeader#irreversible()}.
     *
     * @param op takes the operations, in order
     */
    default void downgrade(Operations op) {
        throw new UnsupportedOperationException(getClass().getName() + " has no downgrade.");
    }
}
