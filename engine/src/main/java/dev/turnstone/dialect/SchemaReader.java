package dev.turnstone.dialect;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reads schemas and rows.
 *
 * <p>The methods do not change the connection's transaction, settings and read-only mode.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface SchemaReader {

    /** Returns the scope in which this connection creates unqualified names. */
    Scope currentScope(Connection connection) throws SQLException;

    /** Returns whether the schema contains a table with that name. */
    boolean hasTable(Connection connection, String schema, String table) throws SQLException;

    /** Returns whether the schema contains an index with that name. */
    boolean hasIndex(Connection connection, String schema, String index) throws SQLException;

    /** Returns whether the schema contains a valid index with that name, which queries can use. */
    default boolean hasValidIndex(Connection connection, String schema, String index) throws SQLException {
        return hasIndex(connection, schema, index);
    }

    /** Returns the names of a table's columns in order; empty if the table does not exist. */
    List<String> columns(Connection connection, String schema, String table) throws SQLException;

    /** Returns the names of a table's indexes; empty if the table does not exist. */
    Set<String> indexes(Connection connection, String schema, String table) throws SQLException;

    /**
     * Returns the database's canonical form of expressions from any dialect. Two expressions with the same canonical
     * form have the same meaning. Expressions that the database cannot parse, or stores unchanged, are missing in the
     * result. Nothing remains in the database.
     *
     * @param connection in autocommit mode, to a database that contains the tables
     * @throws IllegalArgumentException if the connection is in a transaction
     */
    default Map<TableExpression, String> canonical(Connection connection, Collection<TableExpression> expressions)
            throws SQLException {
        return Map.of();
    }

    /**
     * Reads the schema within a scope from one snapshot. The number of queries does not depend on the size of the
     * schema.
     */
    Schema read(Connection connection, Scope scope) throws SQLException;

    /**
     * Returns a tracker that reads a scope repeatedly, as cheaply as the dialect allows and with the same result as
     * {@link #read}.
     *
     * @param connection in autocommit mode; only the tracker uses it, and closes it
     */
    SchemaTracker track(Connection connection, Scope scope) throws SQLException;

    /**
     * Reads the row count and the digest of each table of a scope. Sequences are not rows.
     *
     * @return by table; tables without rows are missing
     */
    SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException;

    /** Returns the schema of unqualified names in a script, which is written without a connection; empty if unknown. */
    default String scriptSchema() {
        return "";
    }
}
