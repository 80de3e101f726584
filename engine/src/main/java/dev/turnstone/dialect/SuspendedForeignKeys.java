package dev.turnstone.dialect;

import java.sql.SQLException;

/** A connection on which the database does not act on foreign keys, so that tables can be rebuilt. */
public interface SuspendedForeignKeys {

    /** Notes, inside the transaction and before anything runs, which rows refer to nothing already. */
    void begin() throws SQLException;

    /**
     * Verifies, before the commit, that no other row refers to nothing.
     *
     * @throws DanglingRowsException when one does
     */
    void check() throws SQLException;

    /** Sets the connection as it was; outside of a transaction. */
    void restore() throws SQLException;
}
