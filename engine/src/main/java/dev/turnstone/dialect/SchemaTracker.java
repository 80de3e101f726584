package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads one scope repeatedly, each time only the parts that may have changed since the previous read. Not thread-safe.
 *
 * <p>The result equals the result of {@link Dialect#read} at the same moment. If the changed parts cannot be
 * determined, the whole scope is read. Unchanged parts are the same instances as in the previous result.
 */
public interface SchemaTracker extends AutoCloseable {

    /** Returns the current schema. */
    Schema read() throws SQLException;

    /**
     * Returns the current schema, as {@link #read()} does, and may read it on the connection that ran the statements
     * reported to {@link #ran}. SQLite then does not parse the catalog again, as it would on another connection.
     *
     * @param worker in autocommit mode and not in use; its state is not changed. It is not used if it does not see
     *     the same data as other connections, for example within a transaction
     */
    default Schema readOn(Connection worker) throws SQLException {
        return read();
    }

    /**
     * Reports statements that ran since the previous read. The report may be incomplete: some statements change objects
     * that they do not name.
     */
    void ran(List<SqlStatement> statements);

    /** Makes the next {@link #read()} a full read, for changes that the tracker cannot observe. */
    void forget();

    /** Returns the number of full reads so far. */
    int fullReads();

    /** Closes the tracker's connection. */
    @Override
    void close() throws SQLException;
}
