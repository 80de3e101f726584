package dev.turnstone.dialect;

import java.sql.SQLException;

/** A connection on which the database does not enforce foreign keys, so that tables can be rebuilt. */
public interface SuspendedForeignKeys {

    /** Records the rows that already violate foreign keys. Called within the transaction, before anything runs. */
    void begin() throws SQLException;

    /**
     * Checks that no other row violates a foreign key. Called before the commit.
     *
     * @throws DanglingRowsException if another row does
     */
    void check() throws SQLException;

    /** Restores the setting of the connection. Called outside of a transaction. */
    void restore() throws SQLException;
}
