package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Asks the database. */
record ConnectedCatalog(Dialect dialect, Connection connection, String schema) implements RecordingOperations.Catalog {

    @Override
    public Schema read() throws SQLException {
        return dialect.read(connection, Scope.schema(schema));
    }

    @Override
    public boolean hasTable(String name) throws SQLException {
        return dialect.hasTable(connection, schema, name);
    }

    @Override
    public List<String> columns(String table) throws SQLException {
        return dialect.columns(connection, schema, table);
    }

    @Override
    public Set<String> indexes(String table) throws SQLException {
        return dialect.indexes(connection, schema, table);
    }

    @Override
    public boolean hasIndex(String name) throws SQLException {
        return dialect.hasIndex(connection, schema, name);
    }
}
