package dev.turnstone.dialect;

import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A tracker that reads the whole schema each time, for connections on which changes cannot be observed. */
public final class FullReads implements SchemaTracker {

    private final Dialect dialect;
    private final Connection connection;
    private final Scope scope;
    private int count;

    /** @param connection closed with the tracker */
    public FullReads(Dialect dialect, Connection connection, Scope scope) {
        this.dialect = dialect;
        this.connection = connection;
        this.scope = scope;
    }

    @Override
    public Schema read() throws SQLException {
        count++;
        return dialect.read(connection, scope);
    }

    @Override
    public void ran(List<SqlStatement> statements) {
        // Each read is a full read.
    }

    @Override
    public void forget() {
        // Nothing is remembered between reads.
    }

    @Override
    public int fullReads() {
        return count;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
