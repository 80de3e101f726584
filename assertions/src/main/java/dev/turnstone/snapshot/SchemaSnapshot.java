package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A schema at one moment. Immutable.
 *
 * <p>It does not contain the version table and its checksum table, because they describe the applied revisions and not
 * the schema. They are recognized by their layout, whatever their names: the version table has one column
 * {@code version_num} and a primary key named after the table.
 *
 * @param dialect the dialect's name, {@code sqlite} or {@code postgresql}
 * @param schema the schema
 */
public record SchemaSnapshot(String dialect, Schema schema) {

    /**
     * Reads the schema in which a data source's connections create unqualified names.
     *
     * @throws DatabaseException if the schema cannot be read
     */
    public static SchemaSnapshot of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialects.of(connection);
            return of(connection, dialect.currentScope(connection));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema", e);
        }
    }

    /**
     * Reads a scope of a database. The state of the connection is not changed.
     *
     * @throws DatabaseException if the schema cannot be read
     */
    public static SchemaSnapshot of(Connection connection, Scope scope) {
        try {
            Dialect dialect = Dialects.of(connection);
            Schema read = dialect.read(connection, scope);
            return new SchemaSnapshot(dialect.name(), read.withoutTables(VersionTables.in(read)));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema", e);
        }
    }

    /** Returns the differences between this snapshot and a later one of the same dialect. */
    public SchemaDiff differencesTo(SchemaSnapshot later) {
        return SchemaDiff.between(schema, later.schema);
    }
}
