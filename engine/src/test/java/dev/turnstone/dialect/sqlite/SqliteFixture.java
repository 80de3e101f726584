package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.operation.Operation;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;

/** A database in memory, and the schema that the dialect reads from it. */
final class SqliteFixture implements AutoCloseable {

    static final Scope MAIN = Scope.schema("main");

    private final Connection connection;

    private SqliteFixture(Connection connection) {
        this.connection = connection;
    }

    /** Creates an empty database and runs the statements. */
    static SqliteFixture with(String... statements) throws SQLException {
        return new SqliteFixture(DriverManager.getConnection("jdbc:sqlite::memory:")).run(statements);
    }

    /** Returns the schema that the statements create. */
    static Schema schemaOf(String... statements) throws SQLException {
        try (SqliteFixture database = with(statements)) {
            return database.schema();
        }
    }

    SqliteFixture run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    SqliteFixture run(Operation operation) throws SQLException {
        for (SqlStatement statement : SqliteDialect.INSTANCE.render(operation)) {
            run(statement.text());
        }
        return this;
    }

    Schema schema() throws SQLException {
        return SqliteDialect.INSTANCE.read(connection, MAIN);
    }

    SortedMap<ObjectId, TableRows> rows() throws SQLException {
        return SqliteDialect.INSTANCE.readRows(connection, MAIN);
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
