package dev.turnstone.dialect;

import java.sql.SQLException;

/**
 * Classifies the failures that the JDBC driver of one kind of database reports.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface FailureKinds {

    /** Returns whether a failure means that the disk of the database, or of its temporary files, is full. */
    default boolean isDiskFull(SQLException failure) {
        return false;
    }

    /** Returns whether a failure only means that the database did not grant a lock in time. */
    boolean isLockTimeout(SQLException failure);

    /** Returns whether the database rejected a statement only because of the transaction around it. */
    default boolean isRefusedInTransaction(SQLException refusal) {
        return false;
    }
}
