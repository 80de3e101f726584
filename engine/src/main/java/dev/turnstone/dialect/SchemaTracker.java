package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads one scope again and again, each time only what may have changed since the last time. Not thread-safe.
 *
 * <p>What it answers equals what {@link Dialect#read} answers at the same moment. Where a change cannot be told apart,
 * all is read. Parts that did not change are the same instances as before.
 */
public interface SchemaTracker extends AutoCloseable {

    /** The schema as it is now. */
    Schema read() throws SQLException;

    /**
     * As {@link #read()}, for who has the connection at hand on which all ran that {@link #ran} was told of: SQLite knows
     * its own changes there, and would have to parse the whole catalog again on any other connection.
     *
     * @param worker in autocommit mode and not in use; left as it is found. Where it does not see what every other
     *     connection sees, as within a transaction, it is not read on
     */
    default Schema readOn(Connection worker) throws SQLException {
        return read();
    }

    /** Says what ran since the last read, as far as that is known: some statements change what nobody is told of. */
    void ran(List<SqlStatement> statements);

    /** Makes the next {@link #read()} a full one, for changes that nobody could notice. */
    void forget();

    /** How many reads so far were full ones. */
    int fullReads();

    /** Closes the connection that the tracker was given. */
    @Override
    void close() throws SQLException;
}
