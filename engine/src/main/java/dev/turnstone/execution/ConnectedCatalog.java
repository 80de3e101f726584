package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Asks the database. */
record ConnectedCatalog(Dialect dialect, Connection own, String schema) implements RecordingOperations.Catalog {

    @Override
    public Schema read() throws SQLException {
        return dialect.read(own, Scope.schema(schema));
    }

    @Override
    public boolean hasTable(String name) throws SQLException {
        return dialect.hasTable(own, schema, name);
    }

    @Override
    public List<String> columns(String table) throws SQLException {
        return dialect.columns(own, schema, table);
    }

    @Override
    public Set<String> indexes(String table) throws SQLException {
        return dialect.indexes(own, schema, table);
    }

    @Override
    public Connection connection() {
        return LentConnection.of(own);
    }

    @Override
    public boolean hasIndex(String name) throws SQLException {
        return dialect.hasIndex(own, schema, name);
    }
}
