package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * What a schema held at one moment. Immutable.
 *
 * <p>The version table is left out, and the table for checksums beside it: they say where a database is, not what it is.
 * Their layout tells them under any name: one column {@code version_num} whose primary key is called after the table.
 *
 * @param dialect the dialect's name, {@code sqlite} or {@code postgresql}
 * @param schema what the schema held
 */
public record SchemaSnapshot(String dialect, Schema schema) {

    /**
     * Reads the schema in which a data source's connections make unqualified names.
     *
     * @throws DatabaseException when it cannot be read
     */
    public static SchemaSnapshot of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            return of(connection, dialect.currentScope(connection));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema", e);
        }
    }

    /**
     * Reads a scope of a database; the connection is left as it was found.
     *
     * @throws DatabaseException when it cannot be read
     */
    public static SchemaSnapshot of(Connection connection, Scope scope) {
        try {
            Dialect dialect = Dialect.of(connection);
            Schema read = dialect.read(connection, scope);
            return new SchemaSnapshot(dialect.name(), read.withoutTables(VersionTables.in(read)));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema", e);
        }
    }

    /** What differs in a later snapshot of the same dialect. */
    public SchemaDiff differencesTo(SchemaSnapshot later) {
        return SchemaDiff.between(schema, later.schema);
    }
}
