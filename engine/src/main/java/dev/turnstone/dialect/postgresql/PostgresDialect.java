package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** PostgreSQL. */
public final class PostgresDialect implements Dialect {

    /** The one instance; it holds no state. */
    public static final PostgresDialect INSTANCE = new PostgresDialect();

    private PostgresDialect() {}

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public List<SqlStatement> split(SqlText sql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SqlStatement> render(Operation operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Scope currentScope(Connection connection) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasTable(Connection connection, String schema, String table) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasIndex(Connection connection, String schema, String index) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> columns(Connection connection, String schema, String table) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> indexes(Connection connection, String schema, String table) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Schema read(Connection connection, Scope scope) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
