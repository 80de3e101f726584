package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
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
