package dev.turnstone.operation;

/**
 * The upgrade and the downgrade of one revision.
 *
 * <p>An implementation has no state: it can be called for several databases at the same time, and more than once.
 */
public interface Migration {

    /**
     * Records the operations that apply this revision.
     *
     * @param op records the operations in order
     */
    void upgrade(Operations op);

    /**
     * Records the operations that revert this revision.
     *
     * <p>A class that does not override this method has no downgrade. It gives the reason in
     * {@link RevisionHeader#keep()} or {@link RevisionHeader#irreversible()}.
     *
     * @param op records the operations in order
     */
    default void downgrade(Operations op) {
        throw new UnsupportedOperationException(getClass().getName() + " has no downgrade.");
    }
}
