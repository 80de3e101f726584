package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;

/** SQLite. */
public final class SqliteDialect implements Dialect {

    /** The one instance; it holds no state. */
    public static final SqliteDialect INSTANCE = new SqliteDialect();

    private SqliteDialect() {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String title() {
        return "SQLite";
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
    public boolean sendsTogether() {
        return false;
    }

    @Override
    public String begin() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public StartLock startLock(Connection connection, String name, Duration patience) {
        return new SqliteStartLock();
    }

    @Override
    public List<String> settingsToRestore(Connection connection) throws SQLException {
        List<String> pragmas = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String pragma :
                    List.of("foreign_keys", "legacy_alter_table", "recursive_triggers", "writable_schema")) {
                try (ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
                    pragmas.add("PRAGMA " + pragma + " = " + result.getString(1));
                }
            }
        }
        return pragmas;
    }

    @Override
    public boolean mayChangeSettings(String statement) {
        return statement.toLowerCase(Locale.ROOT).contains("pragma");
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
