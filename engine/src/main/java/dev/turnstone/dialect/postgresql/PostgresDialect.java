package dev.turnstone.dialect.postgresql;

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
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** PostgreSQL. */
public final class PostgresDialect implements Dialect {

    /** The one instance; it holds no state. */
    public static final PostgresDialect INSTANCE = new PostgresDialect();

    private static final Pattern SETTING = Pattern.compile(
            "search_path|set_config|check_function_bodies|\\b(RESET|ROLE|DISCARD)\\b", Pattern.CASE_INSENSITIVE);

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
    public boolean sendsTogether() {
        return true;
    }

    @Override
    public String begin() {
        return "BEGIN";
    }

    @Override
    public StartLock startLock(Connection connection, String name, Duration patience) throws SQLException {
        return PostgresStartLock.take(connection, name, patience);
    }

    @Override
    public List<String> settingsToRestore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT format('SELECT set_config(%L, %L, false)', n, current_setting(n))"
                                + " FROM unnest(ARRAY['search_path', 'check_function_bodies', 'role']) n")) {
            List<String> settings = new ArrayList<>();
            while (result.next()) {
                settings.add(result.getString(1));
            }
            return settings;
        }
    }

    @Override
    public boolean mayChangeSettings(String statement) {
        return SETTING.matcher(statement).find();
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
